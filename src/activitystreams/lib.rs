//! The floor `activitystreams`: what goes over the wire, a picture of the JSON. The floors below it go by the same names as everywhere.

pub use breezeway_base::base;

#[path = "mod.rs"]
pub mod activitystreams;
