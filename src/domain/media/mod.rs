//! Pictures that hang on posts.

pub mod model;
pub mod store;

pub use model::Media;
