//! A person says what an own picture shows, and where to look.

use super::model::Media;
use super::store;
use crate::base::id::{AccountId, MediaId};
use crate::base::{Error, Result};
use crate::platform::services::Services;

/// What a person says of a picture; `None` leaves it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details {
    /// Alternative text.
    pub description: Option<String>,
    /// The point that matters, from -1 (left, bottom) to 1 (right, top).
    pub focus: Option<(f64, f64)>,
}

impl From<&str> for Details {
    fn from(description: &str) -> Self {
        Self { description: Some(description.to_owned()), focus: None }
    }
}

impl Details {
    /// The same, tidied.
    pub(super) fn checked(self, services: &Services) -> Result<Self> {
        let most = services.config.limits.description_characters as usize;
        let description = self.description.map(|text| text.trim().to_owned());
        if description.as_ref().is_some_and(|text| text.chars().count() > most) {
            return Err(Error::invalid("description", format!("must have at most {most} characters")));
        }
        let focus = self.focus.map(|(x, y)| {
            let within = |side: f64| if side.is_finite() { side.clamp(-1.0, 1.0) } else { 0.0 };
            (within(x), within(y))
        });
        Ok(Self { description, focus })
    }
}

/// Changes what is said of an own picture.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs; [`Error::Invalid`] if the text is too long.
///
/// Source: <https://docs.joinmastodon.org/methods/media/#update>
pub async fn describe(
    services: &Services,
    account: AccountId,
    id: MediaId,
    details: impl Into<Details>,
) -> Result<Media> {
    let details = details.into().checked(services)?;
    let mut tx = services.db.begin().await?;
    let mut media = own(store::get(&mut tx, id).await?, account)?;
    if let Some(description) = details.description {
        media.description = description;
    }
    if let Some((x, y)) = details.focus {
        (media.focus_x, media.focus_y) = (x, y);
    }
    store::update_description(&mut tx, &media).await?;
    tx.commit().await?;
    Ok(media)
}

/// An own picture.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs.
pub async fn get_own(services: &Services, account: AccountId, id: MediaId) -> Result<Media> {
    let mut conn = services.db.read().await?;
    own(store::get(&mut conn, id).await?, account)
}

fn own(media: Media, account: AccountId) -> Result<Media> {
    if media.account_id == account { Ok(media) } else { Err(Error::not_found("attachment")) }
}
