//! The floor `platform`: machines that know no word of the domain. The floors below it go by the same names as everywhere.

pub use breezeway_activitystreams::activitystreams;
pub use breezeway_base::base;

#[path = "mod.rs"]
pub mod platform;
