//! The floor `base`: words and values. The floors below it go by the same names as everywhere.

#[path = "mod.rs"]
pub mod base;
