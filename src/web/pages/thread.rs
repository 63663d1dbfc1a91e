//! A post with the conversation around it.

use serde::Serialize;

use crate::web::templates::View;
use crate::web::views::{Composer, Post, Reply};

/// A post with the conversation around it.
#[derive(Debug, Serialize)]
pub struct Thread {
    /// As in "Post of Ann".
    pub title: String,
    /// Whether the first post that we have answers one that we do not have.
    pub missing_above: bool,
    /// From the beginning down to the post.
    pub above: Vec<Post>,
    /// The post.
    pub post: Post,
    /// Where to answer.
    pub composer: Option<Composer>,
    /// In the order of the branches.
    pub replies: Vec<Reply>,
}

impl View for Thread {
    const TEMPLATE: &'static str = "pages/thread.html";
}
