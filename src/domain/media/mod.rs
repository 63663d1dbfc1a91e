//! Pictures that hang on posts, and faces.
//!
//! Who may read one is not decided here: a picture obeys the audience of its post, see `statuses::read_media`.

pub mod address;
pub mod describe;
pub mod face;
pub mod model;
pub mod store;
pub mod sweep;
pub mod upload;

pub use describe::{Details, describe, get_own};
pub use model::Media;
pub use upload::upload;
