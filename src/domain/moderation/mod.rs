//! Moderation: reports, and what moderators do about posts, people and other sites; for this site only.
//!
//! Whatever another site sends touches none of the columns that are written here. Every action is one transaction
//! with a row in a log that can only grow; an action is undone by another row that names it. There are no events:
//! nobody elsewhere hears of what is decided here, and the pages read it from the rows. People of this site read of it in
//! a mail.

pub mod act;
pub mod case;
pub mod desk;
pub mod log;
pub mod model;
pub mod receive;
pub mod report;
pub mod resolve;
pub mod rules;
pub mod store;
mod tell;
pub mod undo;

pub use act::{block_site, limit_person, remove_post, suspend_person};
pub use case::{Case, ReportedPost, case};
pub use desk::{ReportLine, Which, list, moderators};
pub use log::{ActionView, log};
pub use model::{Action, ActionKind, Category, Grounds, NewReport, Report, Reporter};
pub use report::report;
pub use resolve::{reopen, resolve};
pub use rules::is_refused;
pub use undo::undo;
