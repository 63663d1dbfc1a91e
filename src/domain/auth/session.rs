//! Sessions: browsers that are signed in. The token is in a cookie, its hash in the database.

use std::time::Duration;

use super::link::hash_of;
use super::model::{Session, User};
use super::store;
use crate::base::id::{AccountId, SessionId};
use crate::base::{Error, Millis, Result};
use crate::domain::accounts::{self, Account};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// How long a session lasts without a visit.
pub const LASTS: Duration = Duration::from_hours(30 * 24);

/// How often a visit is noted.
const NOTED_EVERY: Duration = Duration::from_mins(5);

/// The longest description of a browser that is kept, in characters.
const USER_AGENT_MAX: usize = 300;

/// A session that was just opened.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// For the cookie; known only now.
    pub token: String,
    /// The row.
    pub session: Session,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub id: SessionId,
    /// Must come back with every form.
    pub csrf_token: String,
    /// What they may do.
    pub user: User,
    /// Who.
    pub account: Account,
}

/// Opens a session for somebody who proved to be this person, or just registered.
///
/// # Errors
/// As the database.
pub async fn open(services: &Services, account: AccountId, user_agent: &str) -> Result<NewSession> {
    let mut tx = services.db.begin().await?;
    let new = open_in(services, &mut tx, account, user_agent).await?;
    tx.commit().await?;
    Ok(new)
}

/// Opens a session inside a transaction.
///
/// # Errors
/// As the database.
pub async fn open_in(
    services: &Services,
    tx: &mut Tx,
    account: AccountId,
    user_agent: &str,
) -> Result<NewSession> {
    let (token, now) = (services.random.token(), services.clock.now());
    let session = Session {
        id: services.ids.next(),
        account_id: account,
        csrf_token: services.random.token(),
        user_agent: user_agent.chars().take(USER_AGENT_MAX).collect(),
        created_at: now,
        last_seen_at: now,
        expires_at: now + LASTS,
    };
    store::sessions::insert(tx, &session, &hash_of(&token)).await?;
    store::update_seen(tx, account, now).await?;
    Ok(NewSession { token, session })
}

/// Who is signed in by this token. Nobody if it ended, or the person may no longer come in.
///
/// # Errors
/// As the database.
pub async fn find(services: &Services, conn: &mut Conn, token: &str) -> Result<Option<SignedIn>> {
    let now = services.clock.now();
    let Some(session) = store::sessions::find(conn, &hash_of(token), now).await? else {
        return Ok(None);
    };
    let Some(user) = store::find(conn, session.account_id).await? else { return Ok(None) };
    let account = accounts::store::get(conn, session.account_id).await?;
    if user.disabled_at.is_some() || account.is_hidden() {
        return Ok(None);
    }
    if now > session.last_seen_at + NOTED_EVERY {
        note_visit(services, &session, now);
    }
    Ok(Some(SignedIn { id: session.id, csrf_token: session.csrf_token, user, account }))
}

/// Notes the visit beside the request, which has a connection for reading only.
fn note_visit(services: &Services, session: &Session, now: Millis) {
    let (services, id, account) = (services.clone(), session.id, session.account_id);
    tokio::spawn(async move {
        let noted = async {
            let mut tx = services.db.begin().await?;
            store::sessions::update_seen(&mut tx, id, now, now + LASTS).await?;
            store::update_seen(&mut tx, account, now).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!("A visit could not be noted: {}", error.chain());
        }
    });
}

/// The browsers in which somebody is signed in, the latest first.
///
/// # Errors
/// As the database.
pub async fn list(services: &Services, conn: &mut Conn, account: AccountId) -> Result<Vec<Session>> {
    store::sessions::list(conn, account, services.clock.now()).await
}

/// Ends a session of `account`: signs out here, or somewhere else.
///
/// # Errors
/// [`Error::NotFound`] if there is none such.
pub async fn close(services: &Services, account: AccountId, id: SessionId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    if !store::sessions::delete(&mut tx, account, id).await? {
        return Err(Error::not_found("session"));
    }
    tx.commit().await
}

/// Ends all sessions of `account` but `kept`.
///
/// # Errors
/// As the database.
pub async fn close_others(services: &Services, account: AccountId, kept: Option<SessionId>) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::sessions::delete_others(&mut tx, account, kept).await?;
    tx.commit().await
}
