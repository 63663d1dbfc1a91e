//! Everything that a verb needs besides its arguments, handed through from the start of the program.
//!
//! There is no other state: several sites run in one process, each with services of its own.

use std::ops::Deref;
use std::sync::Arc;

use crate::base::Clock;
use crate::base::config::Config;
use crate::base::id::IdMaker;
use crate::base::origin::Origin;
use crate::base::words::Words;
use crate::platform::blobs::Blobs;
use crate::platform::caches::Caches;
use crate::platform::crypto::{Passes, Random};
use crate::platform::db::Db;
use crate::platform::ffmpeg::Ffmpeg;
use crate::platform::hub::Hub;
use crate::platform::images::Workshop;
use crate::platform::limiter::Limiter;
use crate::platform::mail::Mail;
use crate::platform::net::Http;

/// The services of one site. Clones are cheap and share everything.
#[derive(Clone)]
pub struct Services(Arc<Parts>);

/// What the services are made of.
pub struct Parts {
    /// Settings in force.
    pub config: Config,
    /// Public address.
    pub origin: Origin,
    /// Rows.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// Numbers for new rows.
    pub ids: IdMaker,
    /// Chance.
    pub random: Random,
    /// Turns for hashing passwords: each takes 19 MiB for a while, so only a few at once.
    pub passwords: tokio::sync::Semaphore,
    /// Set when the site's own actor has its keys. At the very first start the site answers before that.
    pub first_keys: tokio::sync::SetOnce<()>,
    /// Pictures.
    pub blobs: Blobs,
    /// Where pictures are read and written anew.
    pub images: Workshop,
    /// Where videos and sound are written anew, if this machine can.
    pub ffmpeg: Ffmpeg,
    /// For addresses that let their holder in.
    pub passes: Passes,
    /// How often somebody may do something.
    pub limiter: Limiter,
    /// Mails.
    pub mail: Mail,
    /// Requests to other sites, guarded.
    pub http: Http,
    /// News for those who listen.
    pub hub: Hub,
    /// What would otherwise be read again and again.
    pub caches: Caches,
    /// What people read, in their language.
    pub words: Words,
}

impl Services {
    /// Takes the parts as they are.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for Services {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl std::fmt::Debug for Services {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Services").field("origin", &self.origin).finish_non_exhaustive()
    }
}
