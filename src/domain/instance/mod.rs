//! What a site knows about itself: values made at first start.

pub mod about;
pub mod store;

pub use about::{About, about, name};
