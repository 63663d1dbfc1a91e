//! Reading from other sites: actors by id or handle, posts by id, whole threads, pictures.
//!
//! Everything fetched is checked before anybody believes it: the site may be spoken to, the answer
//! promises ActivityPub, its id belongs to the site that answered. Nothing is fetched inside a transaction.

mod absence;
mod actor;
mod afresh;
mod budget;
mod copy;
mod document;
mod error;
mod featured;
mod gone;
mod handle;
mod key;
mod named_keys;
mod picture;
mod poll;
mod resolve;
mod site;
mod stamp;
mod status;
mod stream;
pub mod thread;

pub use absence::{Absence, absence};
pub use actor::{actor, instance_actor, refresh};
pub use afresh::afresh;
pub use budget::{Budget, Shares};
pub use copy::{Copied, copied_avatar, copied_header, copied_picture};
pub use document::{Document, Fetcher, fetcher};
pub use error::FetchError;
pub use featured::{featured, featured_soon};
pub use gone::is_gone;
pub use handle::handle;
pub(in crate::federation) use handle::{base_url, finger};
pub use key::{assertion_key, key, refetched_key};
pub use picture::{Picture, picture};
pub use poll::refresh_poll;
pub use resolve::{Found, resolve};
pub use site::{profile, site};
pub use stamp::{Claim, look_at_quote_again, stamp, verify_quote, verify_quote_soon};
pub use status::{ancestors, note, status};
pub use stream::streamed;
