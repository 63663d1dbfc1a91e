//! Where pictures are served at this site, our own and those of other sites alike.
//!
//! A browser that is signed in loads `/media/{id}/original`. Apps load pictures without saying who asks, so
//! addresses for them carry a pass, which is given only to those who may read the post, and ends.

use std::time::Duration;

use super::model::Media;
use crate::base::config::FederationMode;
use crate::base::id::MediaId;
use crate::platform::services::Services;

/// How long an address that was given to an app works at least.
const LASTS: Duration = Duration::from_hours(3 * 24);

/// The same for servers, which may fetch a picture again long after: ten years.
const LASTS_FOR_SERVERS: Duration = Duration::from_hours(10 * 365 * 24);

/// Which of the pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// As it was uploaded, or at most as large as the site keeps them.
    Original,
    /// At most 1280 pixels a side.
    Large,
    /// At most 640 pixels a side.
    Preview,
}

impl Size {
    /// As in the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Large => "large",
            Self::Preview => "preview",
        }
    }

    /// From the address.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Original, Self::Large, Self::Preview].into_iter().find(|size| size.word() == word)
    }
}

/// For pages of this site: works for readers who are signed in, and for all where the post is open to them.
pub fn path(id: MediaId, size: Size) -> String {
    format!("/media/{id}/{}", size.word())
}

/// For apps: works for whoever has it, for some days.
pub fn with_pass(services: &Services, media: &Media, size: Size) -> String {
    let pass = services.passes.make(&subject(media.id), services.clock.now(), LASTS);
    services.origin.at(&format!("{}?pass={pass}", path(media.id, size)))
}

/// What to put behind the address of a picture that another server fetches, where servers are spoken with that do
/// not sign such a fetch (Mastodon 4.6 does not). In a closed organisation all sites do, so it is empty.
pub fn pass_for_servers(services: &Services, media: &Media) -> String {
    match services.config.federation.mode {
        FederationMode::Closed => String::new(),
        FederationMode::Open => {
            // From the time of the picture on, so that the address stays the same: it is part of the post.
            let pass = services.passes.make(&subject(media.id), media.created_at, LASTS_FOR_SERVERS);
            format!("?pass={pass}")
        }
    }
}

/// Whether `pass` is one that was put into an address of this picture.
pub fn admits(services: &Services, id: MediaId, pass: &str) -> bool {
    services.passes.admits(&subject(id), pass, services.clock.now())
}

fn subject(id: MediaId) -> String {
    format!("media {id}")
}
