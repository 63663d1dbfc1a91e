//! Of what a person wants to hear, and how: on the page, by push, by mail.

use std::collections::HashMap;

use super::model::Kind;
use super::store;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::auth;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// The ways to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    /// On the page and in programs. Without it, nothing is told at all.
    pub page: bool,
    /// Browsers and programs are woken.
    pub push: bool,
    /// A mail, if nobody has seen it after a while.
    pub mail: bool,
}

impl Kind {
    /// All kinds, in the order of the settings.
    pub const ALL: [Self; 13] = [
        Self::Mention,
        Self::Quote,
        Self::Status,
        Self::Favourite,
        Self::Reaction,
        Self::Reblog,
        Self::Update,
        Self::Poll,
        Self::Follow,
        Self::FollowRequest,
        Self::QuoteRequest,
        Self::ReplyRequest,
        Self::AdminReport,
    ];

    /// What people who chose nothing get: all on the page; what speaks to them or waits for them also otherwise.
    pub fn usual_ways(self) -> Ways {
        let (push, mail) = match self {
            Self::Mention
            | Self::FollowRequest
            | Self::QuoteRequest
            | Self::ReplyRequest
            | Self::AdminReport => (true, true),
            Self::Quote | Self::Status | Self::Follow | Self::Poll => (true, false),
            Self::Favourite | Self::Reaction | Self::Reblog | Self::Update => (false, false),
        };
        Ways { page: true, push, mail }
    }
}

/// The wishes of some people.
#[derive(Clone, Debug, Default)]
pub struct WishesOf(HashMap<(AccountId, Kind), Ways>);

impl WishesOf {
    /// Reads them: one statement, however many they are.
    ///
    /// # Errors
    /// As the database.
    pub async fn read(conn: &mut Conn, people: &[AccountId]) -> Result<Self> {
        let rows = store::list_wishes(conn, people).await?;
        Ok(Self(rows.into_iter().filter_map(|row| Some((row.key()?, row.ways()))).collect()))
    }

    /// How this person wants to hear of this.
    pub fn ways(&self, person: AccountId, kind: Kind) -> Ways {
        self.0.get(&(person, kind)).copied().unwrap_or_else(|| kind.usual_ways())
    }
}

/// What a person wishes, of each kind.
///
/// # Errors
/// As the database.
pub async fn get(conn: &mut Conn, person: AccountId) -> Result<Vec<(Kind, Ways)>> {
    let wishes = WishesOf::read(conn, &[person]).await?;
    Ok(Kind::ALL.into_iter().map(|kind| (kind, wishes.ways(person, kind))).collect())
}

/// A person chooses. Kinds that are not named stay as they are.
///
/// # Errors
/// [`Error::Invalid`] if a moderator wants to hear of no reports; [`Error::NotFound`] if nobody signs in with this
/// account.
pub async fn choose(services: &Services, person: AccountId, chosen: &[(Kind, Ways)]) -> Result<()> {
    if chosen.iter().any(|(kind, ways)| *kind == Kind::AdminReport && !ways.page) {
        return Err(Error::invalid(
            "admin.report",
            "cannot be turned off: reports are read by those who work here",
        ));
    }
    let mut tx = services.db.begin().await?;
    auth::store::get(&mut tx, person).await?;
    for (kind, ways) in chosen {
        let ways = Ways { push: ways.push && ways.page, mail: ways.mail && ways.page, ..*ways };
        store::upsert_wish(&mut tx, person, *kind, ways).await?;
    }
    tx.commit().await
}
