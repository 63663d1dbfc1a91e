//! Drafts: what a person is writing, kept on the server as it is typed, so that any browser can go on with it.
//!
//! Nobody but the person sees them, and nothing follows from them: no event, no delivery.

mod keep;
pub mod store;

use std::time::Duration;

pub use keep::{Form, Keep, Kept, keep};

use super::create::{Draft, create_in};
use super::words::Words;
use crate::base::id::{AccountId, DraftId, StatusId};
use crate::base::{Error, Millis, Result};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// The most drafts of one person.
pub const MOST: i64 = 100;
/// The most bytes of one draft; far more than a post may have, since what was typed is kept even if it is too long.
pub const MOST_BYTES: usize = 512 * 1024;
/// How long a draft that was thrown away can be brought back.
pub const RESTORABLE: Duration = Duration::from_hours(1);

/// What somebody is writing.
#[derive(Clone, Debug, PartialEq)]
pub struct Writing {
    /// Ours.
    pub id: DraftId,
    /// How often it was written over.
    pub version: i64,
    /// What was typed.
    pub words: Words,
    /// When it was kept last.
    pub updated_at: Millis,
}

impl Writing {
    fn from_row(row: &store::Row) -> Result<Self> {
        let words = serde_json::from_str(&row.words)?;
        Ok(Self { id: row.id, version: row.version, words, updated_at: row.updated_at })
    }
}

/// All drafts of a person, the latest first.
///
/// # Errors
/// As the database.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<Writing>> {
    store::list(conn, account, MOST).await?.iter().map(Writing::from_row).collect()
}

/// A draft of this person.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs, or thrown away.
pub async fn get(conn: &mut Conn, account: AccountId, id: DraftId) -> Result<Writing> {
    let row = store::find(conn, account, id).await?.filter(|row| row.deleted_at.is_none());
    Writing::from_row(&row.ok_or(Error::not_found("draft"))?)
}

/// The latest draft of this person that was written for a place; see [`Words::place`].
///
/// # Errors
/// As the database.
pub async fn find_for(conn: &mut Conn, account: AccountId, place: &str) -> Result<Option<Writing>> {
    store::find_for(conn, account, place).await?.as_ref().map(Writing::from_row).transpose()
}

/// Throws a draft away; for an hour it can be brought back. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs.
pub async fn throw_away(services: &Services, account: AccountId, id: DraftId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let row = store::find(&mut tx, account, id).await?.ok_or(Error::not_found("draft"))?;
    if row.deleted_at.is_none() {
        store::update_deleted(&mut tx, id, Some(services.clock.now())).await?;
    }
    tx.commit().await
}

/// Brings a draft back that was thrown away.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs or gone for good; [`Error::Conflict`] if there are too many by now.
pub async fn restore(services: &Services, account: AccountId, id: DraftId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let row = store::find(&mut tx, account, id).await?.ok_or(Error::not_found("draft"))?;
    if row.deleted_at.is_some() {
        require_room(&mut tx, account).await?;
        store::update_deleted(&mut tx, id, None).await?;
    }
    tx.commit().await
}

/// Posts what stood in a form, and its draft is gone with that: either both happen or none.
///
/// # Errors
/// As [`super::create`].
pub async fn post(services: &Services, account: AccountId, form: &Form, draft: Draft) -> Result<StatusId> {
    let mut tx = services.db.begin().await?;
    let id = create_in(services, &mut tx, account, draft).await?;
    settle_in(&mut tx, account, form).await?;
    tx.commit().await?;
    Ok(id)
}

/// Forgets what a form kept: it was used.
///
/// # Errors
/// As the database.
pub async fn settle(services: &Services, account: AccountId, form: &Form) -> Result<()> {
    let mut tx = services.db.begin().await?;
    settle_in(&mut tx, account, form).await?;
    tx.commit().await
}

pub(super) async fn settle_in(tx: &mut Tx, account: AccountId, form: &Form) -> Result<()> {
    if let Some(row) = store::find_by_form(tx, account, &form.key).await? {
        store::delete(tx, row.id).await?;
    }
    // A draft that somebody wrote on elsewhere in the meantime stays.
    if let Some((id, version)) = form.draft
        && let Some(row) = store::find(tx, account, id).await?.filter(|row| row.version == version)
    {
        store::delete(tx, row.id).await?;
    }
    Ok(())
}

async fn require_room(tx: &mut Tx, account: AccountId) -> Result<()> {
    if store::count(tx, account).await? >= MOST {
        return Err(Error::conflict(format!("there are {MOST} drafts already; throw some away first")));
    }
    Ok(())
}

/// Forgets for good what was thrown away long enough ago.
///
/// # Errors
/// As the database.
pub async fn sweep(services: &Services) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::delete_thrown_away(&mut tx, services.clock.now() - RESTORABLE).await?;
    tx.commit().await
}
