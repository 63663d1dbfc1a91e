//! What a person wishes about mail, and the digests that follow from it.

use std::time::Duration;

use jiff::tz::TimeZone;

use super::hours::{Quiet, next_digest, span_of};
use super::model::{About, Stream, Wishes, word_of};
use super::queue::{NewMail, post_in};
use super::store;
use crate::base::config::DigestRhythm;
use crate::base::id::AccountId;
use crate::base::{Error, Millis, Result};
use crate::domain::auth;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// When digests come to those who chose no hour: Monday morning.
const HOUR: i64 = 8;
const WEEKDAY: i64 = 1;

/// For how long a digest is of use.
const DIGEST_LASTS: Duration = Duration::from_hours(20);

/// How many people one transaction takes.
const BATCH: i64 = 100;

/// What a person chose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// How often there is a digest.
    pub digest: DigestRhythm,
    /// Its hour, from 0 to 23.
    pub hour: i64,
    /// Its day, from 1 (Monday) to 7.
    pub weekday: i64,
    /// As in `Europe/Berlin`.
    pub zone: String,
    /// As in `de`; empty: as the site.
    pub language: String,
    /// Hours to be left alone in, from and until.
    pub quiet: Option<(i64, i64)>,
    /// No mails about notifications.
    pub news_off: bool,
}

/// What a person wishes, or what the site has for those who never said.
///
/// # Errors
/// As the database.
pub async fn get(services: &Services, conn: &mut Conn, person: AccountId) -> Result<Wishes> {
    let found = store::list_wishes(conn, &[person]).await?.pop();
    Ok(found.unwrap_or_else(|| usual(services, person)))
}

/// What the site has for those who never said.
pub fn usual(services: &Services, person: AccountId) -> Wishes {
    let mail = &services.config.mail;
    let wishes = Wishes {
        account_id: person,
        digest: word_of(mail.digest).to_owned(),
        hour: HOUR,
        weekday: WEEKDAY,
        next_at: None,
        last_at: None,
        zone: mail.zone.clone(),
        language: String::new(),
        quiet_from: None,
        quiet_until: None,
        news_off: false,
        told_up_to: 0,
    };
    let next_at = next_of(&wishes, services.clock.now());
    Wishes { next_at, ..wishes }
}

/// A person chooses.
///
/// # Errors
/// [`Error::Invalid`] for a zone, a language or hours that are none; [`Error::NotFound`] if nobody signs in with this
/// account.
pub async fn choose(services: &Services, person: AccountId, choice: Choice) -> Result<Wishes> {
    if TimeZone::get(&choice.zone).is_err() {
        return Err(Error::invalid("zone", "is no time zone that this site knows"));
    }
    if !matches!(choice.language.as_str(), "" | "en" | "de") {
        return Err(Error::invalid("language", "is none that this site speaks"));
    }
    if !(0..24).contains(&choice.hour) || !(1..=7).contains(&choice.weekday) {
        return Err(Error::invalid("hour", "must be a full hour of a day of the week"));
    }
    if choice.quiet.is_some_and(|(from, until)| Quiet::new(from, until).is_none()) {
        return Err(Error::invalid("quiet_from", "must be two different full hours"));
    }
    let mut tx = services.db.begin().await?;
    auth::store::get(&mut tx, person).await?;
    let before = get(services, &mut tx, person).await?;
    let wishes = Wishes {
        digest: word_of(choice.digest).to_owned(),
        hour: choice.hour,
        weekday: choice.weekday,
        zone: choice.zone,
        language: choice.language,
        quiet_from: choice.quiet.map(|(from, _)| from),
        quiet_until: choice.quiet.map(|(_, until)| until),
        news_off: choice.news_off,
        ..before
    };
    let wishes = Wishes { next_at: next_of(&wishes, services.clock.now()), ..wishes };
    store::upsert_wishes(&mut tx, &wishes).await?;
    tx.commit().await?;
    Ok(wishes)
}

/// A person has had enough of mails of this kind. Twice is once.
///
/// # Errors
/// As the database.
pub async fn end_stream(services: &Services, person: AccountId, stream: Stream) -> Result<()> {
    let mut tx = services.db.begin().await?;
    if auth::store::find(&mut tx, person).await?.is_none() {
        return Ok(());
    }
    let before = get(services, &mut tx, person).await?;
    let wishes = match stream {
        Stream::News => Wishes { news_off: true, ..before },
        Stream::Digest => Wishes { digest: "never".to_owned(), next_at: None, ..before },
    };
    store::upsert_wishes(&mut tx, &wishes).await?;
    tx.commit().await
}

/// Puts the digests that are due into the queue. A site that was down for long sends one, not all that it missed.
///
/// # Errors
/// As the database.
pub async fn ask_digests(services: &Services) -> Result<()> {
    if !services.mail.is_on() {
        return Ok(());
    }
    let now = services.clock.now();
    greet(services).await?;
    let mut conn = services.db.read().await?;
    let due = store::list_digests_due(&mut conn, now, BATCH).await?;
    drop(conn);
    for wishes in due {
        ask_digest(services, &wishes, now).await?;
    }
    Ok(())
}

async fn ask_digest(services: &Services, wishes: &Wishes, now: Millis) -> Result<()> {
    let (person, zone) = (wishes.account_id, wishes.time_zone());
    let mut tx = services.db.begin().await?;
    if !store::update_digest(&mut tx, wishes, next_of(wishes, now), now).await? {
        return Ok(());
    }
    let span = Duration::try_from(span_of(wishes.rhythm())).unwrap_or_default();
    let run_at = wishes.quiet().map_or(now, |quiet| quiet.end(now, &zone));
    let day = wishes.next_at.unwrap_or(now).timestamp().to_zoned(zone).date();
    let mail = NewMail {
        account: Some(person),
        address: String::new(),
        about: About::Digest { since: wishes.last_at.unwrap_or(now - span) },
        source: format!("digest:{person}:{day}"),
        run_at,
        lasts: DIGEST_LASTS,
    };
    post_in(services, &mut tx, mail).await?;
    tx.commit().await
}

/// Those who never chose get what the site has for them, from now on.
async fn greet(services: &Services) -> Result<()> {
    let mut conn = services.db.read().await?;
    let new = store::list_without_wishes(&mut conn, BATCH).await?;
    drop(conn);
    if new.is_empty() {
        return Ok(());
    }
    let mut tx = services.db.begin().await?;
    for person in new {
        store::upsert_wishes(&mut tx, &usual(services, person)).await?;
    }
    tx.commit().await
}

fn next_of(wishes: &Wishes, after: Millis) -> Option<Millis> {
    next_digest(after, &wishes.time_zone(), wishes.rhythm(), wishes.weekday, wishes.hour)
}
