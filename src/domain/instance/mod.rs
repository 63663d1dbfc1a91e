//! What a site knows about itself: values made at first start.

pub mod store;
