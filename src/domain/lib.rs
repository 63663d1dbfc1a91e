//! The floor `domain`: nouns and verbs. The floors below it go by the same names as everywhere.

pub use breezeway_activitystreams::activitystreams;
pub use breezeway_base::base;
pub use breezeway_platform::platform;
pub use breezeway_platform::{args, sql};

#[path = "mod.rs"]
pub mod domain;
