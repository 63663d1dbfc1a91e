//! A program registers.

use url::Url;

use super::OUT_OF_BAND;
use crate::base::{Error, Result};
use crate::domain::auth::link::hash_of;
use crate::domain::auth::model::{NewApp, OAuthApp};
use crate::domain::auth::scopes::{Scope, Scopes};
use crate::domain::auth::store;
use crate::platform::services::Services;

/// The longest name and address, in characters.
const TEXT_MAX: usize = 2_000;

/// The most addresses of one program.
const URIS_MAX: usize = 20;

/// A program that just registered, with its secret, which is known only now.
#[derive(Clone, Debug)]
pub struct NewSecret {
    /// The program.
    pub app: OAuthApp,
    /// To prove that it is the one.
    pub client_secret: String,
}

/// Registers a program. Anybody may: it can do nothing until a person agrees.
///
/// # Errors
/// [`Error::Invalid`] for a name, address or scope that cannot be taken.
///
/// Source: <https://docs.joinmastodon.org/methods/apps/#create>
pub async fn register_app(services: &Services, new: NewApp) -> Result<NewSecret> {
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > TEXT_MAX {
        return Err(Error::invalid("client_name", "must be given, and not be too long"));
    }
    let uris: Vec<String> = new
        .redirect_uris
        .iter()
        .flat_map(|uri| uri.split_whitespace())
        .map(|uri| check_uri(uri).map(|()| uri.to_owned()))
        .collect::<Result<_>>()?;
    if uris.is_empty() || uris.len() > URIS_MAX {
        return Err(Error::invalid("redirect_uris", format!("must be between 1 and {URIS_MAX}")));
    }
    let website = new.website.filter(|website| is_web_address(website));
    let scopes = match Scopes::parse(&new.scopes)? {
        none if none.is_empty() => Scopes::from(Scope::Read),
        some => some,
    };
    let client_secret = services.random.token();
    let app = OAuthApp {
        id: services.ids.next(),
        client_id: services.random.token(),
        client_secret_hash: hash_of(&client_secret),
        name: name.to_owned(),
        website,
        redirect_uris: uris.join("\n"),
        scopes: scopes.to_string(),
        created_at: services.clock.now(),
    };
    let mut tx = services.db.begin().await?;
    store::oauth::insert_app(&mut tx, &app).await?;
    tx.commit().await?;
    Ok(NewSecret { app, client_secret })
}

/// Programs have addresses of their own schemes; those that a browser would run are none.
fn check_uri(uri: &str) -> Result<()> {
    if uri == OUT_OF_BAND {
        return Ok(());
    }
    let parsed = Url::parse(uri).ok().filter(|url| url.fragment().is_none() && uri.len() <= TEXT_MAX);
    let runs = |url: &Url| matches!(url.scheme(), "javascript" | "data" | "vbscript" | "file" | "blob");
    match parsed {
        Some(url) if !runs(&url) => Ok(()),
        _ => {
            Err(Error::invalid("redirect_uri", "must be absolute addresses, as in https://app.example/back"))
        }
    }
}

fn is_web_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "https" | "http")) && text.len() <= TEXT_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_may_have_an_address_of_its_own_scheme() {
        for good in [OUT_OF_BAND, "https://app.example/back", "my-app://oauth", "http://127.0.0.1:8080/cb"] {
            assert!(check_uri(good).is_ok(), "{good}");
        }
        for bad in ["javascript:alert(1)", "data:text/html,x", "back", "https://app.example/#x", ""] {
            assert!(check_uri(bad).is_err(), "{bad}");
        }
    }
}
