//! Ending mails by a link in them: whoever holds the mail may, without signing in (RFC 8058).

use std::time::Duration;

use super::model::Stream;
use super::wishes;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::platform::services::Services;

/// How long such a link works: old mails are looked through, too.
const LASTS: Duration = Duration::from_hours(3 * 366 * 24);

/// The address that ends mails of this kind to this person by one `POST`, and shows a page otherwise.
pub fn link(services: &Services, person: AccountId, stream: Stream) -> String {
    let pass = services.passes.make(&subject(person, stream), services.clock.now(), LASTS);
    services.origin.at(&format!("/unsubscribe/{person}/{stream}/{pass}"))
}

/// What a link of [`link`] is for.
///
/// # Errors
/// [`Error::NotFound`] if the link is none of ours.
pub fn read(services: &Services, person: AccountId, stream: &str, pass: &str) -> Result<Stream> {
    let stream = Stream::from_word(stream).ok_or(Error::not_found("link"))?;
    if services.passes.admits(&subject(person, stream), pass, services.clock.now()) {
        Ok(stream)
    } else {
        Err(Error::not_found("link"))
    }
}

/// Ends mails of this kind. Twice is once.
///
/// # Errors
/// [`Error::NotFound`] if the link is none of ours.
pub async fn unsubscribe(services: &Services, person: AccountId, stream: &str, pass: &str) -> Result<Stream> {
    let stream = read(services, person, stream, pass)?;
    wishes::end_stream(services, person, stream).await?;
    Ok(stream)
}

fn subject(person: AccountId, stream: Stream) -> String {
    format!("unsubscribe {person} {stream}")
}
