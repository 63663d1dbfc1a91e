//! The programs that act for a person: which, what they may do, and how to take that back.

use std::collections::HashMap;

use super::model::{OAuthApp, Token};
use super::scopes::Scopes;
use super::store;
use crate::base::id::{AccountId, OAuthAppId, OAuthTokenId};
use crate::base::{Error, Millis, Result};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// A program that acts for somebody. What it got at several times counts as one.
#[derive(Clone, Debug)]
pub struct App {
    /// Any of its tokens; takes back all of them.
    pub id: OAuthTokenId,
    /// As people call it; for a token of the command line, what was said there.
    pub name: String,
    /// Its page, if it is on the web.
    pub website: Option<String>,
    /// What it may do.
    pub scopes: Scopes,
    /// Since when.
    pub since: Millis,
    /// When it last did something; an hour exact.
    pub used_at: Option<Millis>,
    /// Whether it was made on the command line.
    pub by_hand: bool,
}

/// The programs that act for `account`, those used last first.
///
/// # Errors
/// As the database.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<App>> {
    let tokens = store::oauth::list_tokens(conn, account).await?;
    let ids: Vec<i64> = tokens.iter().filter_map(|token| token.app_id).map(|id| id.0).collect();
    let programs: HashMap<OAuthAppId, OAuthApp> = if ids.is_empty() {
        HashMap::new()
    } else {
        store::oauth::list_apps(conn, ids).await?.into_iter().map(|app| (app.id, app)).collect()
    };
    let mut apps: Vec<App> = Vec::new();
    let mut places: HashMap<OAuthAppId, usize> = HashMap::new();
    for token in tokens {
        let known = token.app_id.and_then(|id| places.get(&id).copied());
        if let Some(app) = known.and_then(|place| apps.get_mut(place)) {
            app.scopes = Scopes::known(&format!("{} {}", app.scopes, token.scopes));
            app.since = app.since.min(token.created_at);
            app.used_at = app.used_at.max(token.last_used_at);
            continue;
        }
        if let Some(id) = token.app_id {
            places.insert(id, apps.len());
        }
        apps.push(of(&token, token.app_id.and_then(|id| programs.get(&id))));
    }
    apps.sort_by_key(|app| std::cmp::Reverse(app.used_at.unwrap_or(app.since)));
    Ok(apps)
}

fn of(token: &Token, program: Option<&OAuthApp>) -> App {
    let website = program.and_then(|program| program.website.clone());
    App {
        id: token.id,
        name: program.map_or_else(|| token.name.clone(), |program| program.name.clone()),
        website: website.filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        scopes: Scopes::known(&token.scopes),
        since: token.created_at,
        used_at: token.last_used_at,
        by_hand: program.is_none(),
    }
}

/// A program no longer acts for `account`: no token of it works any more.
///
/// # Errors
/// [`Error::NotFound`] if there is none such.
pub async fn revoke(services: &Services, account: AccountId, id: OAuthTokenId) -> Result<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let tokens = store::oauth::list_tokens(&mut tx, account).await?;
    let Some(meant) = tokens.iter().find(|token| token.id == id) else {
        return Err(Error::not_found("token"));
    };
    for token in &tokens {
        if token.id == id || (token.app_id.is_some() && token.app_id == meant.app_id) {
            store::oauth::update_token_revoked_by_id(&mut tx, account, token.id, now).await?;
        }
    }
    if let Some(app) = meant.app_id {
        store::oauth::delete_codes_of(&mut tx, account, app).await?;
    }
    tx.commit().await
}

/// No program acts for `account` any more.
///
/// # Errors
/// As the database.
pub async fn revoke_all(services: &Services, account: AccountId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::oauth::update_revoked_of(&mut tx, account, services.clock.now()).await?;
    tx.commit().await
}
