//! Lists. Source: <https://docs.joinmastodon.org/entities/List/>

use serde::Serialize;

use crate::base::id::ListId;
use crate::domain::lists;

/// A list of its reader.
#[derive(Clone, Debug, Serialize)]
pub struct List {
    pub id: ListId,
    pub title: String,
    pub replies_policy: &'static str,
    pub exclusive: bool,
}

impl From<lists::List> for List {
    fn from(list: lists::List) -> Self {
        Self {
            id: list.id,
            title: list.title,
            replies_policy: list.replies.word(),
            exclusive: list.exclusive,
        }
    }
}
