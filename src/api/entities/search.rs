//! What was found. Source: <https://docs.joinmastodon.org/entities/Search/>

use crate::platform::services::Services;
use serde::Serialize;

use super::{Account, Status};

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct Search {
    pub accounts: Vec<Account>,
    pub statuses: Vec<Status>,
    pub hashtags: Vec<Tag>,
}

/// A hashtag. Source: <https://docs.joinmastodon.org/entities/Tag/>
#[derive(Clone, Debug, Serialize)]
pub struct Tag {
    pub id: String,
    pub name: String,
    pub url: String,
    pub history: [(); 0],
    pub following: bool,
    pub featuring: bool,
}

impl Tag {
    /// A hashtag by its key; `name` as it is written.
    pub fn new(services: &Services, key: &str, name: &str) -> Self {
        Self {
            id: key.to_owned(),
            name: name.to_owned(),
            url: tag_page(services, key),
            history: [],
            following: false,
            featuring: false,
        }
    }
}

/// The page of a hashtag.
pub fn tag_page(services: &Services, key: &str) -> String {
    let key: String = url::form_urlencoded::byte_serialize(key.as_bytes()).collect();
    services.origin.at(&format!("/tags/{key}"))
}
