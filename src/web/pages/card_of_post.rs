//! A single post as a piece of a page, for a script that shows it anew: it was edited, or its poll has new figures.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use serde::{Deserialize, Serialize};

use crate::base::id::StatusId;
use crate::domain::statuses::hydrate::hydrate_one;
use crate::web::failure::Answer;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Nav, Post};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/posts/{id}/card", get(show))
}

/// The piece.
#[derive(Debug, Serialize)]
pub struct Card {
    /// The post.
    pub post: Post,
    /// Whether it is the post of its page.
    pub focal: bool,
}

impl View for Card {
    const TEMPLATE: &'static str = "pages/card.html";
}

/// How it stands on the page.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Asked {
    /// As the post of its page.
    focal: Option<u8>,
    /// In a thread, where its place says what it answers.
    inside: Option<u8>,
}

/// `GET /posts/{id}/card`
pub async fn show(web: State<Web>, member: Member, asked: Query<Asked>, Path(id): Path<StatusId>) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let view = hydrate_one(services, &mut conn, &member.visit.reader(), id).await?;
    let sites = web.sites(&mut conn).await?;
    let post = member.visit.lens(&web, &sites).post(&view);
    let answers = post.answers.clone().filter(|_| asked.inside.is_none());
    let card = Card { post: Post { answers, ..post }, focal: asked.focal.is_some() };
    Ok(web.page(&mut conn, &member.visit, Nav::Home, &card).await?)
}
