//! Pictures, videos, sound and files that hang on posts, and faces.
//!
//! Who may read one is not decided here: a picture obeys the audience of its post, see `statuses::read_media`.

pub mod address;
pub mod copies;
pub mod crop;
pub mod describe;
pub mod discard;
pub mod face;
pub mod model;
pub mod sniff;
pub mod store;
pub mod sweep;
pub mod upload;
pub mod work;

pub use crop::{Cut, crop};
pub use describe::{Details, describe, get_own};
pub use discard::discard;
pub use model::Media;
pub use upload::{Sent, upload};
