//! Policies: what becomes of notifications by people whom one does not know. What is filtered waits as a request.
//!
//! Source: <https://docs.joinmastodon.org/entities/NotificationPolicy/>

use std::time::Duration;

use super::model::Kind;
use super::store;
use crate::base::id::AccountId;
use crate::base::{Error, Millis, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::auth;
use crate::domain::follows::Relationship;
use crate::platform::db::Conn;
use crate::platform::services::Services;
use crate::words;

/// For how long an account counts as new. As in Mastodon.
const NEW_FOR: Duration = Duration::from_hours(30 * 24);

/// What becomes of a notification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is told.
    #[default]
    Accept,
    /// It waits, together with others by the same person, until one decides.
    Filter,
    /// It never was.
    Drop,
}

words!(Verdict { Accept = "accept", Filter = "filter", Drop = "drop" });

/// What a person decided about notifications by certain people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Policy {
    /// Whose.
    pub account_id: AccountId,
    /// By those whom one does not follow.
    #[sqlx(try_from = "String")]
    pub not_following: Verdict,
    /// By those who do not follow.
    #[sqlx(try_from = "String")]
    pub not_followers: Verdict,
    /// By accounts of the last thirty days.
    #[sqlx(try_from = "String")]
    pub new_accounts: Verdict,
    /// By those who write to one alone, without being asked.
    #[sqlx(try_from = "String")]
    pub private_mentions: Verdict,
    /// By those whom the moderators limited.
    #[sqlx(try_from = "String")]
    pub limited: Verdict,
}

/// What is known of a notification when it is judged.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Why.
    pub kind: Kind,
    /// Whose doing.
    pub from: &'a Account,
    /// How the reader stands to them.
    pub tie: &'a Relationship,
    /// A post for the reader alone that answers nothing of theirs.
    pub private: bool,
    /// Now.
    pub now: Millis,
}

impl Policy {
    /// What people have who never decided.
    pub fn usual(account_id: AccountId) -> Self {
        Self {
            account_id,
            not_following: Verdict::Accept,
            not_followers: Verdict::Accept,
            new_accounts: Verdict::Accept,
            private_mentions: Verdict::Accept,
            limited: Verdict::Filter,
        }
    }

    /// The strictest of what applies.
    pub fn judge(&self, facts: Facts<'_>) -> Verdict {
        if matches!(facts.kind, Kind::Status | Kind::Update | Kind::Poll | Kind::AdminReport) {
            return Verdict::Accept;
        }
        let applies = [
            (self.not_following, !facts.tie.following),
            (self.not_followers, !facts.tie.followed_by),
            (self.new_accounts, !facts.tie.following && facts.from.created_at > facts.now - NEW_FOR),
            (self.private_mentions, facts.private && !facts.tie.following),
            (self.limited, facts.from.limited_at.is_some() && !facts.tie.following),
        ];
        applies.into_iter().filter(|(_, holds)| *holds).map(|(verdict, _)| verdict).max().unwrap_or_default()
    }
}

/// The policy of a person.
///
/// # Errors
/// As the database.
pub async fn get(conn: &mut Conn, person: AccountId) -> Result<Policy> {
    let found = store::policies::list(conn, &[person]).await?.pop();
    Ok(found.unwrap_or_else(|| Policy::usual(person)))
}

/// A person decides.
///
/// # Errors
/// [`Error::NotFound`] if nobody signs in with this account.
pub async fn decide(services: &Services, policy: Policy) -> Result<()> {
    let mut tx = services.db.begin().await?;
    auth::store::get(&mut tx, policy.account_id).await?;
    store::policies::upsert(&mut tx, &policy).await?;
    tx.commit().await
}

/// Notifications by one person that wait. Its number is that of the account.
#[derive(Clone, Debug)]
pub struct Request {
    /// By whom.
    pub account: Account,
    /// How many.
    pub count: i64,
    /// The first.
    pub created_at: Millis,
    /// The last.
    pub updated_at: Millis,
    /// The last post.
    pub last_status: Option<crate::base::id::StatusId>,
}

/// The requests of a person, the latest first; older than `max`, if that is given.
///
/// # Errors
/// As the database.
pub async fn list_requests(conn: &mut Conn, person: AccountId, limit: i64) -> Result<Vec<Request>> {
    let rows = store::policies::list_requests(conn, person, limit).await?;
    let ids: Vec<AccountId> = rows.iter().map(|row| row.from_account_id).collect();
    let accounts = accounts::store::list(conn, &ids).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let account = accounts.iter().find(|account| account.id == row.from_account_id)?;
            (!account.is_hidden()).then(|| Request {
                account: account.clone(),
                count: row.count,
                created_at: row.created_at,
                updated_at: row.updated_at,
                last_status: row.last_status,
            })
        })
        .collect())
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] if nothing of that account waits.
pub async fn get_request(conn: &mut Conn, person: AccountId, from: AccountId) -> Result<Request> {
    let all = list_requests(conn, person, 1_000).await?;
    all.into_iter().find(|request| request.account.id == from).ok_or(Error::not_found("notification request"))
}

/// A person takes what waits, and whatever else comes of these accounts. Twice is once.
///
/// # Errors
/// As the database.
pub async fn accept(services: &Services, person: AccountId, from: &[AccountId]) -> Result<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let known = accounts::store::list(&mut tx, from).await?;
    for account in known {
        store::policies::insert_permission(&mut tx, person, account.id, now).await?;
        store::policies::update_unfiltered(&mut tx, person, account.id).await?;
    }
    tx.commit().await
}

/// A person does not want what waits of these accounts. What comes later waits again. Twice is once.
///
/// # Errors
/// As the database.
pub async fn dismiss(services: &Services, person: AccountId, from: &[AccountId]) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::policies::delete_filtered(&mut tx, person, from).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stricter_verdict_holds() {
        assert!(Verdict::Drop > Verdict::Filter && Verdict::Filter > Verdict::Accept);
        assert_eq!(Verdict::from_word("filter"), Some(Verdict::Filter));
    }
}
