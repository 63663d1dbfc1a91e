//! Signs that people of other sites left under a post, in the shape that Pleroma and Iceshrimp have.

use serde::Serialize;

use crate::domain::statuses::react;
use crate::platform::services::Services;

/// How often a sign stands under a post.
#[derive(Clone, Debug, Serialize)]
pub struct Reaction {
    /// The sign itself, or `name@host` of a small picture.
    pub name: String,
    pub count: i64,
    /// Nobody here sends one yet.
    pub me: bool,
    /// The small picture, at this site.
    pub url: Option<String>,
    pub static_url: Option<String>,
}

impl Reaction {
    pub fn new(services: &Services, reaction: &react::Reaction) -> Self {
        let url = reaction.emoji.map(|id| services.origin.at(&react::emoji_path(id)));
        Self { name: reaction.name.clone(), count: reaction.count, me: false, static_url: url.clone(), url }
    }
}
