//! Posts: written, answered, edited, liked, reposted, deleted; and who may read them.

pub mod audience;
pub mod context;
pub mod create;
pub mod delete;
pub mod edit;
pub mod extras;
pub mod favourite;
pub mod hydrate;
pub mod model;
pub mod more;
pub mod pin;
pub mod poll;
pub mod react;
pub mod read;
pub mod read_media;
pub mod reblog;
pub mod settle_polls;
pub mod store;
pub mod title;
pub mod vote;
pub mod write;
pub mod write_extras;

pub use create::{Draft, create};
pub use delete::delete;
pub use edit::{Edit, edit};
pub use favourite::{favourite, unfavourite};
pub use hydrate::{StatusView, hydrate};
pub use model::{Reader, Status, Ties, Visibility, may_read};
pub use pin::{list_pinned, pin, unpin};
pub use poll::{NewPoll, PollView};
pub use read::get_visible;
pub use read_media::{get_media_by_pass, get_visible_media};
pub use reblog::{reblog, unreblog};
pub use settle_polls::settle_polls;
pub use title::{Title, TitleKind};
pub use vote::vote;
