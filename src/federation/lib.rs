//! The floor `federation`: between domain and wire. The floors below it go by the same names as everywhere.

pub use breezeway_activitystreams::activitystreams;
pub use breezeway_base::base;
pub use breezeway_domain::domain;
pub use breezeway_domain::words;
pub use breezeway_platform::platform;
pub use breezeway_platform::{args, sql};

#[path = "mod.rs"]
pub mod federation;
