//! A person changes the own profile.

use super::model::{Account, Field, Kind};
use super::store;
use crate::base::id::AccountId;
use crate::base::text::{self, Format};
use crate::base::{Error, Result};
use crate::domain::{Event, media};
use crate::platform::services::Services;

/// What to change; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// At most `limits.name_characters`.
    pub display_name: Option<String>,
    /// What was typed, plain text: at most `limits.bio_characters`.
    pub note: Option<String>,
    /// At most eight lines of name and value, plain text.
    pub fields: Option<Vec<(String, String)>>,
    /// Follows must be confirmed.
    pub locked: Option<bool>,
    /// Says that a program writes here.
    pub bot: Option<bool>,
    /// May be suggested.
    pub discoverable: Option<bool>,
    /// Posts may be found by search.
    pub indexable: Option<bool>,
    /// Blob of the new avatar; inner `None` takes it away.
    pub avatar_key: Option<Option<String>>,
    /// Blob of the new header; inner `None` takes it away.
    pub header_key: Option<Option<String>>,
}

/// Changes the profile of a person of this site.
///
/// # Errors
/// [`Error::Invalid`] for what is too long; [`Error::NotFound`] if the person is not of this site.
pub async fn update_profile(services: &Services, id: AccountId, change: Change) -> Result<Account> {
    let mut tx = services.db.begin().await?;
    let mut account = store::get(&mut tx, id).await?;
    if !account.is_local() || account.deleted_at.is_some() {
        drop(tx);
        let files: Vec<String> =
            [change.avatar_key, change.header_key].into_iter().flatten().flatten().collect();
        media::face::forget(services, files).await;
        return Err(Error::not_found("account"));
    }
    let before = [account.avatar_key.clone(), account.header_key.clone()];
    apply(&mut account, change, services)?;
    account.updated_at = services.clock.now();
    store::update_profile(&mut tx, &account).await?;
    Event::AccountUpdated { account: id }.emit(services, &mut tx).await?;
    tx.commit().await?;
    let after = [&account.avatar_key, &account.header_key];
    let mut unused = Vec::new();
    for (before, after) in before.into_iter().zip(after) {
        unused.extend(before.filter(|before| after.as_ref() != Some(before)));
    }
    media::face::forget(services, unused).await;
    Ok(account)
}

fn apply(account: &mut Account, change: Change, services: &Services) -> Result<()> {
    let (base_url, limits) = (services.origin.base(), &services.config.limits);
    if let Some(name) = change.display_name {
        let name = name.trim().to_owned();
        let most = limits.name_characters;
        if name.chars().count() > most as usize {
            return Err(Error::invalid("display_name", format!("must have at most {most} characters")));
        }
        account.display_name = name;
    }
    if let Some(note) = change.note {
        let most = limits.bio_characters;
        if note.chars().count() > most as usize {
            return Err(Error::invalid("note", format!("must have at most {most} characters")));
        }
        account.note = text::render(&note, Format::Plain, &[], base_url).into_string();
        account.note_source = note;
    }
    if let Some(fields) = change.fields {
        account.fields = serde_json::to_string(&check_fields(fields, base_url)?)?;
    }
    if let Some(bot) = change.bot {
        account.kind = if bot { Kind::Service } else { Kind::Person };
    }
    account.locked = change.locked.unwrap_or(account.locked);
    account.discoverable = change.discoverable.unwrap_or(account.discoverable);
    account.indexable = change.indexable.unwrap_or(account.indexable);
    if let Some(key) = change.avatar_key {
        account.avatar_key = key;
    }
    if let Some(key) = change.header_key {
        account.header_key = key;
    }
    Ok(())
}

fn check_fields(fields: Vec<(String, String)>, base_url: &str) -> Result<Vec<Field>> {
    let fields: Vec<_> =
        fields.into_iter().filter(|(name, value)| !name.is_empty() || !value.is_empty()).collect();
    if fields.len() > 8 {
        return Err(Error::invalid("fields", "must be at most eight"));
    }
    fields
        .into_iter()
        .map(|(name, value)| {
            if name.chars().count() > 255 || value.chars().count() > 255 {
                return Err(Error::invalid("fields", "must have at most 255 characters each"));
            }
            Ok(Field { name, value: inline(&value, base_url) })
        })
        .collect()
}

/// A line of text as HTML, without the paragraph around it.
fn inline(value: &str, base_url: &str) -> String {
    let html = text::render(value, Format::Plain, &[], base_url).into_string();
    html.trim_start_matches("<p>").trim_end_matches("</p>").to_owned()
}
