//! How a person usually posts.

use super::model::User;
use super::store;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::platform::services::Services;

/// What to change; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct Preferences {
    /// A word of `statuses::Visibility`; empty: the widest that the site allows.
    pub visibility: Option<String>,
    /// Cover media at first.
    pub sensitive: Option<bool>,
    /// ISO 639-1; empty: guessed each time.
    pub language: Option<String>,
}

/// Changes how a person usually posts.
///
/// # Errors
/// [`Error::Invalid`] for a language that is none; [`Error::NotFound`] if nobody signs in with this account.
pub async fn prefer(services: &Services, account: AccountId, wanted: Preferences) -> Result<User> {
    let mut tx = services.db.begin().await?;
    let mut user = store::get(&mut tx, account).await?;
    if let Some(visibility) = wanted.visibility {
        user.default_visibility = visibility;
    }
    user.default_sensitive = wanted.sensitive.unwrap_or(user.default_sensitive);
    if let Some(language) = wanted.language {
        if language.len() > 12 || language.contains(char::is_whitespace) {
            return Err(Error::invalid("language", "must be a code such as \"en\""));
        }
        user.default_language = Some(language).filter(|language| !language.is_empty());
    }
    store::update_defaults(&mut tx, &user).await?;
    tx.commit().await?;
    Ok(user)
}
