//! Tokens of programs: made on the command line, looked up at every request, taken back.

use std::time::Duration;

use super::link::hash_of;
use super::model::{Token, User};
use super::scopes::Scopes;
use super::store;
use crate::base::id::{AccountId, OAuthAppId, OAuthTokenId};
use crate::base::{Error, Millis, Result};
use crate::domain::accounts::{self, Account};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// How often a use is noted.
const NOTED_EVERY: Duration = Duration::from_mins(15);

/// A program that shows a token.
#[derive(Clone, Debug)]
pub struct Access {
    /// The token.
    pub id: OAuthTokenId,
    /// The program; none if the token was made on the command line.
    pub app: Option<OAuthAppId>,
    /// What it may do.
    pub scopes: Scopes,
    /// For whom; none if for the program itself.
    pub person: Option<Person>,
}

/// For whom a program acts.
#[derive(Clone, Debug)]
pub struct Person {
    /// What they may do.
    pub user: User,
    /// Who.
    pub account: Account,
}

/// What a token lets do. Nothing if it was taken back, or the person may no longer come in.
///
/// # Errors
/// As the database.
pub async fn find(services: &Services, conn: &mut Conn, token: &str) -> Result<Option<Access>> {
    let Some(row) = store::oauth::find_token(conn, &hash_of(token)).await? else {
        return Ok(None);
    };
    let person = match row.account_id {
        None => None,
        Some(id) => match find_person(conn, id).await? {
            Some(person) => Some(person),
            None => return Ok(None),
        },
    };
    let now = services.clock.now();
    if row.last_used_at.is_none_or(|last| now > last + NOTED_EVERY) {
        note_use(services, &row, now);
    }
    let scopes = Scopes::known(&row.scopes);
    Ok(Some(Access { id: row.id, app: row.app_id, scopes, person }))
}

async fn find_person(conn: &mut Conn, id: AccountId) -> Result<Option<Person>> {
    let Some(user) = store::find(conn, id).await? else { return Ok(None) };
    let account = accounts::store::get(conn, id).await?;
    let closed = user.disabled_at.is_some() || account.is_hidden();
    Ok((!closed).then_some(Person { user, account }))
}

/// Notes the use beside the request, which has a connection for reading only.
fn note_use(services: &Services, token: &Token, now: Millis) {
    let (services, id, account) = (services.clone(), token.id, token.account_id);
    tokio::spawn(async move {
        let noted = async {
            let mut tx = services.db.begin().await?;
            store::oauth::update_token_used(&mut tx, id, now).await?;
            if let Some(account) = account {
                store::update_seen(&mut tx, account, now).await?;
            }
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!("The use of a token could not be noted: {}", error.chain());
        }
    });
}

/// Makes a token for somebody, as the command line does. It is shown only now.
///
/// # Errors
/// [`Error::NotFound`] if nobody signs in with this account.
pub async fn create(services: &Services, account: AccountId, scopes: &Scopes, name: &str) -> Result<String> {
    let mut tx = services.db.begin().await?;
    store::get(&mut tx, account).await?;
    let row = Token {
        id: services.ids.next(),
        app_id: None,
        account_id: Some(account),
        scopes: scopes.to_string(),
        name: name.to_owned(),
        created_at: services.clock.now(),
        last_used_at: None,
    };
    let token = insert_in(services, &mut tx, &row).await?;
    tx.commit().await?;
    Ok(token)
}

/// Writes a token inside a transaction; answers what to show.
pub(super) async fn insert_in(services: &Services, tx: &mut Tx, row: &Token) -> Result<String> {
    let token = services.random.token();
    store::oauth::insert_token(tx, row, &hash_of(&token)).await?;
    Ok(token)
}

/// Somebody takes a program's access back.
///
/// # Errors
/// [`Error::NotFound`] if there is none such.
pub async fn close(services: &Services, account: AccountId, id: OAuthTokenId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    if !store::oauth::update_token_revoked_by_id(&mut tx, account, id, services.clock.now()).await? {
        return Err(Error::not_found("token"));
    }
    tx.commit().await
}
