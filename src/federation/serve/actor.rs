//! People, and the site's own actor.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::answer::{Refusal, document, gone, to_page, wants_page};
use super::asker::Asker;
use crate::activitystreams::context;
use crate::base::origin::INSTANCE_ACTOR;
use crate::base::{Error, Result};
use crate::domain::accounts::{self, Account, Kind};
use crate::federation::{keys, map};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// `GET /actor`: open to everybody, since its key is what others check our signatures with.
pub(super) async fn instance_actor(State(services): State<Services>) -> Result<Response, Refusal> {
    let mut conn = services.db.read().await?;
    let account = accounts::store::get(&mut conn, INSTANCE_ACTOR).await?;
    Ok(show(&services, &mut conn, &account).await?)
}

/// `GET /users/{username}`
pub(super) async fn person(
    State(services): State<Services>,
    Path(username): Path<String>,
    headers: HeaderMap,
    asker: Result<Asker, Refusal>,
) -> Result<Response, Refusal> {
    if wants_page(&headers) {
        return Ok(to_page(&services.origin.profile(&username)));
    }
    asker?;
    let mut conn = services.db.read().await?;
    let account = accounts::store::find_by_handle(&mut conn, &username, "").await?;
    let account = account.filter(|account| account.kind != Kind::Application);
    let account = account.ok_or(Error::not_found("account"))?;
    if let Some(at) = account.deleted_at {
        return Ok(gone(&account.uri, at)?);
    }
    if account.is_hidden() {
        return Err(Error::not_found("account").into());
    }
    Ok(show(&services, &mut conn, &account).await?)
}

/// A person of this site whom others may see.
pub(super) async fn find_person(conn: &mut Conn, username: &str) -> Result<Account> {
    let account = accounts::store::find_by_handle(conn, username, "").await?;
    account
        .filter(|account| account.kind != Kind::Application && !account.is_hidden())
        .ok_or(Error::not_found("account"))
}

async fn show(services: &Services, conn: &mut Conn, account: &Account) -> Result<Response> {
    let keys = keys::of(services, conn, account.id, &account.uri).await?;
    let ties = map::actor::ties(conn, account).await?;
    document(map::actor::to_wire(services, account, &keys, &ties)?, context::of_actors())
}
