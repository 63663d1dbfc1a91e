//! What the site is called and what it is for.
//!
//! The configuration wins where it says something; else what the first administrator chose; else the default.

use super::store;
use crate::base::{Error, Result};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

const NAME: &str = "site_name";
const DESCRIPTION: &str = "site_description";

/// The longest name of a site, in characters.
const NAME_MAX: usize = 60;

/// The longest description, in characters.
const DESCRIPTION_MAX: usize = 500;

/// What the site says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// What colleagues call it.
    pub name: String,
    /// In one or two sentences.
    pub description: String,
}

/// What the site says of itself.
///
/// # Errors
/// As the database.
pub async fn about(services: &Services, conn: &mut Conn) -> Result<About> {
    let site = &services.config.site;
    Ok(About {
        name: value(services, conn, NAME, ("site.name", &site.name)).await?,
        description: value(services, conn, DESCRIPTION, ("site.description", &site.description)).await?,
    })
}

/// What colleagues call the site.
///
/// # Errors
/// As the database.
pub async fn name(services: &Services, conn: &mut Conn) -> Result<String> {
    value(services, conn, NAME, ("site.name", &services.config.site.name)).await
}

async fn value(
    services: &Services,
    conn: &mut Conn,
    setting: &str,
    (key, configured): (&str, &str),
) -> Result<String> {
    if services.config.is_set(key) {
        return Ok(configured.to_owned());
    }
    Ok(store::find(conn, setting).await?.unwrap_or_else(|| configured.to_owned()))
}

/// Checks a name for the site.
///
/// # Errors
/// [`Error::Invalid`] if it is empty or too long.
pub fn check_name(name: &str) -> Result<()> {
    let length = name.trim().chars().count();
    if length == 0 || length > NAME_MAX {
        return Err(Error::invalid("site_name", format!("must have between 1 and {NAME_MAX} characters")));
    }
    Ok(())
}

/// Writes what the first administrator chose; `None` and empty text leave it.
///
/// # Errors
/// [`Error::Invalid`] for what is too long.
pub async fn write(
    services: &Services,
    tx: &mut Tx,
    name: Option<&str>,
    description: Option<&str>,
) -> Result<()> {
    let now = services.clock.now();
    let given = |text: Option<&str>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    if let Some(name) = given(name) {
        check_name(&name)?;
        store::upsert(tx, NAME, &name, now).await?;
    }
    if let Some(description) = given(description) {
        if description.chars().count() > DESCRIPTION_MAX {
            let problem = format!("must have at most {DESCRIPTION_MAX} characters");
            return Err(Error::invalid("site_description", problem));
        }
        store::upsert(tx, DESCRIPTION, &description, now).await?;
    }
    Ok(())
}
