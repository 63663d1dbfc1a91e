//! Planned posts: written now, posted later.
//!
//! The row of the plan goes in the transaction that writes the post, so that a crash at any moment posts once.

mod plan;
mod run;
pub mod store;

use std::time::Duration;

pub use plan::{Plan, change, plan};
pub use run::{run_due, run_in, run_now};

use super::drafts::{self, Form, Keep, Kept};
use super::words::Words;
use crate::base::id::{AccountId, DraftId, ScheduledId};
use crate::base::page::Page;
use crate::base::{Error, Millis, Result};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// How far ahead a post must be planned at least; as Mastodon.
pub const SOONEST: Duration = Duration::from_mins(5);
/// The most planned posts of one person; as Mastodon.
pub const MOST: i64 = 300;
/// The most planned posts of one person on one day (UTC); as Mastodon.
pub const MOST_A_DAY: i64 = 25;

/// A post that is to be written later.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Ours.
    pub id: ScheduledId,
    /// What will be posted.
    pub words: Words,
    /// When.
    pub run_at: Millis,
    /// Why it could not be posted: a sentence without capital and full stop. It is not tried again by itself.
    pub problem: Option<String>,
}

impl Planned {
    fn from_row(row: store::Row) -> Result<Self> {
        let words = serde_json::from_str(&row.words)?;
        let problem = row.last_error.filter(|_| row.try_at.is_none());
        Ok(Self { id: row.id, words, run_at: row.run_at, problem })
    }
}

/// A planned post of this person.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs.
pub async fn get(conn: &mut Conn, account: AccountId, id: ScheduledId) -> Result<Planned> {
    Planned::from_row(own(conn, account, id).await?)
}

async fn own(conn: &mut Conn, account: AccountId, id: ScheduledId) -> Result<store::Row> {
    let row = store::find(conn, id).await?.filter(|row| row.account_id == account);
    row.ok_or(Error::not_found("scheduled status"))
}

/// A page of the planned posts of a person, those that were planned last first.
///
/// # Errors
/// As the database.
pub async fn list_page(conn: &mut Conn, account: AccountId, page: Page) -> Result<Vec<Planned>> {
    store::list_page(conn, account, page).await?.into_iter().map(Planned::from_row).collect()
}

/// All planned posts of a person, the next one first.
///
/// # Errors
/// As the database.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<Planned>> {
    store::list(conn, account, MOST).await?.into_iter().map(Planned::from_row).collect()
}

/// Forgets a planned post.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs, or posted.
pub async fn cancel(services: &Services, account: AccountId, id: ScheduledId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    own(&mut tx, account, id).await?;
    store::delete(&mut tx, id).await?;
    tx.commit().await
}

/// Makes a draft of a planned post: it is not posted, and nothing of it is lost.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs, or posted; as [`drafts::keep`].
pub async fn lay_aside(services: &Services, account: AccountId, id: ScheduledId) -> Result<DraftId> {
    let planned = get(&mut services.db.read().await?, account, id).await?;
    // The draft first: after a crash there are both, and nothing is lost.
    let form = Form { key: format!("planned:{id}"), draft: None };
    let kept = drafts::keep(services, account, Keep { form, words: planned.words }).await?;
    cancel(services, account, id).await?;
    match kept {
        Kept::As { id, .. } => Ok(id),
        Kept::Nothing | Kept::Used => Err(Error::not_found("draft")),
    }
}
