//! How a person likes the pages to look and behave, and how their posts usually begin. Read with the session.

use serde::{Deserialize, Serialize};

use super::store;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::platform::services::Services;
use crate::words;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the device has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

words!(Theme { System = "system", Light = "light", Dark = "dark" });

/// How large letters are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    /// As the browser has it.
    #[default]
    Usual,
    /// An eighth larger.
    Large,
    /// A quarter larger.
    Larger,
}

words!(TextSize { Usual = "usual", Large = "large", Larger = "larger" });

/// What somebody likes. What is not said is as at first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// How large letters are.
    pub text: TextSize,
    /// Of the pages, as in `de`; none: as the browser asks.
    pub language: Option<String>,
    /// As in `Europe/Berlin`; none: as the browser has it.
    pub zone: Option<String>,
    /// Nothing moves by itself, whatever the device says.
    pub still: bool,
    /// Likes and reposts are not counted on the pages.
    pub counts_hidden: bool,
    /// Moving pictures begin by themselves.
    pub autoplay: bool,
    /// Single letters do something.
    pub keyboard: bool,
    /// Who may quote new posts: a word of `statuses::consent::Rule`; none: everybody who may read them.
    pub quotes: Option<String>,
    /// Who may answer new posts; likewise.
    pub replies: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            text: TextSize::Usual,
            language: None,
            zone: None,
            still: false,
            counts_hidden: false,
            autoplay: false,
            keyboard: true,
            quotes: None,
            replies: None,
        }
    }
}

/// From the row. What cannot be read, since a later version wrote it, is as at first.
impl From<String> for Settings {
    fn from(json: String) -> Self {
        serde_json::from_str(&json).unwrap_or_default()
    }
}

/// The words that say who may quote or answer, as in `statuses::consent`.
const WHO: [&str; 5] = ["public", "followers", "mentioned", "manual", "nobody"];

impl Settings {
    fn check(&self) -> Result<()> {
        if self.language.as_deref().is_some_and(|language| !is_code(language)) {
            return Err(Error::invalid("language", "must be a code such as \"en\""));
        }
        if self.zone.as_deref().is_some_and(|zone| jiff::tz::TimeZone::get(zone).is_err()) {
            return Err(Error::invalid("zone", "must be a time zone, as in Europe/Berlin"));
        }
        for (field, word) in [("quotes", &self.quotes), ("replies", &self.replies)] {
            if word.as_deref().is_some_and(|word| !WHO.contains(&word)) {
                return Err(Error::invalid(field, "must be one of the choices"));
            }
        }
        Ok(())
    }
}

fn is_code(language: &str) -> bool {
    (2..=12).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Changes some of it, and leaves the rest as it is; what two windows change at once is not lost.
///
/// # Errors
/// [`Error::Invalid`] for what is no language, no time zone or no choice; [`Error::NotFound`] if nobody signs in with
/// this account.
pub async fn change(
    services: &Services,
    account: AccountId,
    change: impl FnOnce(&mut Settings),
) -> Result<Settings> {
    let mut tx = services.db.begin().await?;
    let mut settings = store::get(&mut tx, account).await?.settings;
    change(&mut settings);
    settings.check()?;
    let json = serde_json::to_string(&settings)?;
    store::settings::upsert(&mut tx, account, &json, services.clock.now()).await?;
    tx.commit().await?;
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_as_at_first() {
        assert_eq!(Settings::from(String::new()), Settings::default());
        assert_eq!(Settings::from(r#"{"theme":"glowing"}"#.to_owned()), Settings::default());
        let settings = Settings::from(r#"{"theme":"dark","later":1}"#.to_owned());
        assert_eq!(settings, Settings { theme: Theme::Dark, ..Settings::default() });
    }

    #[test]
    fn only_what_there_is_can_be_chosen() {
        let with = |language: &str, zone: &str, quotes: &str| Settings {
            language: Some(language.to_owned()),
            zone: Some(zone.to_owned()),
            quotes: Some(quotes.to_owned()),
            ..Settings::default()
        };
        assert!(with("de", "Europe/Berlin", "followers").check().is_ok());
        assert!(with("de-AT", "UTC", "nobody").check().is_ok());
        assert!(with("<b>", "UTC", "nobody").check().is_err());
        assert!(with("de", "Europe/Atlantis", "nobody").check().is_err());
        assert!(with("de", "../../etc/passwd", "nobody").check().is_err());
        assert!(with("de", "UTC", "the world").check().is_err());
    }
}
