//! Keeping what stands in a form.

use super::super::store as statuses;
use super::super::words::Words;
use super::{MOST_BYTES, require_room, store};
use crate::base::id::{AccountId, DraftId};
use crate::base::{Error, Millis, Result};
use crate::platform::db::Tx;
use crate::platform::limiter::Purpose;
use crate::platform::services::Services;

/// A form that somebody has open in a browser.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Made anew for each form; what it keeps twice is one draft.
    pub key: String,
    /// The draft that it was opened with, and in which version.
    pub draft: Option<(DraftId, i64)>,
}

/// What to keep.
#[derive(Clone, Debug, Default)]
pub struct Keep {
    /// Where it was typed.
    pub form: Form,
    /// What was typed.
    pub words: Words,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is a draft now.
    As {
        /// Which.
        id: DraftId,
        /// How often it was written over.
        version: i64,
        /// The draft that the form was opened with was written on elsewhere, or is gone: this is a second one.
        apart: bool,
        /// When.
        at: Millis,
    },
    /// There is nothing in it any more, so it was thrown away.
    Nothing,
    /// The form was sent in the meantime; there is nothing to keep.
    Used,
}

/// Keeps what stands in a form. What was kept by another form is never written over: two forms that were opened with
/// one draft become two drafts.
///
/// # Errors
/// [`Error::Invalid`] if it is larger than any draft may be; [`Error::Conflict`] if there are too many;
/// [`Error::RateLimited`] if it is kept too often.
pub async fn keep(services: &Services, account: AccountId, keep: Keep) -> Result<Kept> {
    services.limiter.check(Purpose::Drafts, &account.to_string())?;
    if !(1..=64).contains(&keep.form.key.len()) {
        return Err(Error::invalid("once", "must be the mark of the form"));
    }
    let words = serde_json::to_string(&keep.words)?;
    if words.len() > MOST_BYTES {
        return Err(Error::invalid("text", "is longer than any draft may be"));
    }
    let mut tx = services.db.begin().await?;
    if is_used(&mut tx, account, &keep.form.key).await? {
        return Ok(Kept::Used);
    }
    let (row, apart) = find(&mut tx, account, &keep.form).await?;
    let now = services.clock.now();
    if keep.words.is_blank() {
        if let Some(row) = row.filter(|row| row.deleted_at.is_none()) {
            store::update_deleted(&mut tx, row.id, Some(now)).await?;
        }
        tx.commit().await?;
        return Ok(Kept::Nothing);
    }
    if row.as_ref().is_none_or(|row| row.deleted_at.is_some()) {
        require_room(&mut tx, account).await?;
    }
    let kept = store::Row {
        id: row.as_ref().map_or_else(|| services.ids.next(), |row| row.id),
        form: keep.form.key,
        place: keep.words.place(),
        words,
        version: row.as_ref().map_or(1, |row| row.version + 1),
        deleted_at: None,
        created_at: row.as_ref().map_or(now, |row| row.created_at),
        updated_at: now,
    };
    if row.is_some() {
        store::update(&mut tx, &kept).await?;
    } else {
        store::insert(&mut tx, account, &kept).await?;
    }
    store::replace_media(&mut tx, account, kept.id, &keep.words.media).await?;
    tx.commit().await?;
    Ok(Kept::As { id: kept.id, version: kept.version, apart, at: now })
}

/// The draft that a form writes on, and whether it must begin another one than it was opened with.
async fn find(tx: &mut Tx, account: AccountId, form: &Form) -> Result<(Option<store::Row>, bool)> {
    if let Some(row) = store::find_by_form(tx, account, &form.key).await? {
        return Ok((Some(row), false));
    }
    let Some((id, version)) = form.draft else { return Ok((None, false)) };
    let row = store::find(tx, account, id).await?;
    let row = row.filter(|row| row.version == version && row.deleted_at.is_none());
    let apart = row.is_none();
    Ok((row, apart))
}

/// Whether a form was sent: an answer that was lost on its way must not bring the draft back.
async fn is_used(tx: &mut Tx, account: AccountId, key: &str) -> Result<bool> {
    let mark = mark(key);
    Ok(statuses::find_idempotent(tx, account, &mark).await?.is_some()
        || super::super::scheduled::store::find_idempotent(tx, account, &mark).await?.is_some())
}

/// The idempotency key of what a form posts or plans.
pub(super) fn mark(key: &str) -> String {
    format!("page:{key}")
}

impl Form {
    /// The idempotency key of what the form posts or plans.
    pub fn mark(&self) -> Option<String> {
        (!self.key.is_empty()).then(|| mark(&self.key))
    }
}
