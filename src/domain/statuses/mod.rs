//! Posts: written, answered, edited, liked, reposted, deleted; and who may read them.

pub mod audience;
pub mod context;
pub mod create;
pub mod delete;
pub mod edit;
pub mod favourite;
pub mod hydrate;
pub mod model;
pub mod read;
pub mod read_media;
pub mod reblog;
pub mod store;
pub mod write;

pub use create::{Draft, create};
pub use delete::delete;
pub use edit::{Edit, edit};
pub use favourite::{favourite, unfavourite};
pub use hydrate::{StatusView, hydrate};
pub use model::{Reader, Status, Ties, Visibility, may_read};
pub use read::get_visible;
pub use read_media::{get_media_by_pass, get_visible_media};
pub use reblog::{reblog, unreblog};
