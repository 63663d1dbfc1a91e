//! What somebody put into the rail, beside the main places: lists and tags.

use std::any::Any;
use std::sync::Arc;

use super::manage::get;
use super::store;
use crate::base::id::{AccountId, ListId};
use crate::base::text::{hashtag_key, is_hashtag};
use crate::base::{Error, Result};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;
use crate::words;

/// What can stand in the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinKind {
    /// An own list.
    List,
    /// A hashtag.
    Tag,
}

words!(PinKind { List = "list", Tag = "tag" });

/// Something to put into the rail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Of which kind.
    pub kind: PinKind,
    /// Id of the list, name of the tag.
    pub target: String,
}

/// Something in the rail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// Of which kind.
    pub kind: PinKind,
    /// Id of the list, name of the tag.
    pub target: String,
    /// What it is called.
    pub title: String,
}

/// The most entries in somebody's rail.
pub const MOST: i64 = 12;

impl Pin {
    /// A list.
    pub fn list(id: ListId) -> Self {
        Self { kind: PinKind::List, target: id.to_string() }
    }

    /// A tag, by its name with or without `#`.
    pub fn tag(name: &str) -> Self {
        Self { kind: PinKind::Tag, target: hashtag_key(name.trim()) }
    }
}

/// Puts something into the rail, below what is there. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] for a list that is not one's own, or what is no tag; [`Error::Invalid`] for more than [`MOST`]
/// entries.
pub async fn pin(services: &Services, account: AccountId, pin: &Pin) -> Result<()> {
    let mut tx = services.db.begin().await?;
    match pin.kind {
        PinKind::List => {
            let id = pin.target.parse().map_err(|_| Error::not_found("list"))?;
            get(&mut tx, account, id).await?;
        }
        PinKind::Tag if !is_hashtag(&pin.target) => return Err(Error::not_found("tag")),
        PinKind::Tag => {}
    }
    if store::insert_pin(&mut tx, account, pin).await? && store::count_pins(&mut tx, account).await? > MOST {
        return Err(Error::invalid("pin", format!("cannot be added: the rail holds {MOST} entries already")));
    }
    forget_after_commit(services, &mut tx, account);
    tx.commit().await
}

/// Takes something out of the rail. Doing it twice is the same as doing it once.
///
/// # Errors
/// As the database.
pub async fn unpin(services: &Services, account: AccountId, pin: &Pin) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::delete_pin(&mut tx, account, pin).await?;
    forget_after_commit(services, &mut tx, account);
    tx.commit().await
}

/// The name of the rail among what is remembered of a person.
const OWN: &str = "rail";

/// After the commit the person's rail is read from the rows again.
pub(super) fn forget_after_commit(services: &Services, tx: &mut Tx, person: AccountId) {
    let services = services.clone();
    tx.after_commit(move || services.caches.forget_own(person.0, OWN));
}

/// What stands in the person's rail, from memory if it was read a moment ago: every page shows it.
///
/// # Errors
/// As the database.
pub async fn of(services: &Services, conn: &mut Conn, account: AccountId) -> Result<Arc<Vec<Pinned>>> {
    if let Some(known) = services.caches.own(account.0, OWN)
        && let Ok(rail) = known.downcast::<Vec<Pinned>>()
    {
        return Ok(rail);
    }
    let rail = Arc::new(list(conn, account).await?);
    services.caches.put_own(account.0, OWN, Arc::clone(&rail) as Arc<dyn Any + Send + Sync>);
    Ok(rail)
}

/// What stands in the person's rail, in order.
///
/// # Errors
/// As the database.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<Pinned>> {
    let rows = store::list_pins(conn, account).await?;
    let pinned = |(kind, target, title): (String, String, Option<String>)| {
        let kind = PinKind::try_from(kind).ok()?;
        let title = match kind {
            PinKind::List => title?,
            PinKind::Tag => format!("#{}", title.unwrap_or_else(|| target.clone())),
        };
        Some(Pinned { kind, target, title })
    };
    Ok(rows.into_iter().filter_map(pinned).collect())
}
