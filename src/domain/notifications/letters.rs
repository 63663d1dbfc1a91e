//! Mails about notifications: asked for when somebody is told, written of what nobody has seen by then.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use super::model::{Kind, NotificationView};
use super::notify::{self, Told};
use super::store::{self, Filter};
use super::wishes::{self, WishesOf};
use crate::base::id::{AccountId, NotificationId};
use crate::base::page::Page;
use crate::base::{Millis, Result};
use crate::domain::mail::{self, About, NewMail, Wishes};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// How long somebody may see it on the page before a mail is written.
const PATIENCE: Duration = Duration::from_mins(10);

/// Mails about notifications to one person are at least this far apart.
const APART: Duration = Duration::from_mins(15);

/// For how long such a mail is of use.
const LASTS: Duration = Duration::from_hours(24);

/// The most lines of a mail.
const MOST: i64 = 20;

/// Asks for mails to those who were told and want one: in a while, not in their hours of rest, and one for all.
///
/// # Errors
/// As the database.
pub async fn ask_in(services: &Services, tx: &mut Tx, told: &[Told]) -> Result<()> {
    if !services.mail.is_on() || told.is_empty() {
        return Ok(());
    }
    let people: Vec<AccountId> = told.iter().map(|told| told.to).collect();
    let kinds = WishesOf::read(tx, &people).await?;
    let mut wanting: BTreeMap<AccountId, NotificationId> = BTreeMap::new();
    for told in told.iter().filter(|told| kinds.ways(told.to, told.kind).mail) {
        wanting.entry(told.to).or_insert(told.id);
    }
    if wanting.is_empty() {
        return Ok(());
    }
    let people: Vec<AccountId> = wanting.into_keys().collect();
    let wishes = mail::store::list_wishes(tx, &people).await?;
    let wishes: HashMap<AccountId, Wishes> =
        wishes.into_iter().map(|wishes| (wishes.account_id, wishes)).collect();
    for person in mail::store::list_confirmed(tx, &people).await? {
        let wishes = wishes.get(&person).cloned().unwrap_or_else(|| mail::wishes::usual(services, person));
        if wishes.news_off {
            continue;
        }
        let run_at = time_of(&wishes, services.clock.now());
        let mail = NewMail {
            account: Some(person),
            address: String::new(),
            about: About::News,
            source: format!("news:{person}:{}", run_at.0),
            run_at,
            lasts: LASTS,
        };
        mail::post_in(services, tx, mail).await?;
    }
    Ok(())
}

/// When a mail may be written: all that is told in a quarter of an hour goes into one.
fn time_of(wishes: &Wishes, now: Millis) -> Millis {
    let apart = i64::try_from(APART.as_millis()).unwrap_or(i64::MAX);
    let soon = (now + PATIENCE).0;
    let turn = Millis((soon.div_euclid(apart) + 1) * apart);
    wishes.quiet().map_or(turn, |quiet| quiet.end(turn, &wishes.time_zone()))
}

/// What a mail to this person would tell now: what they want by mail, have not seen, and were not written of.
///
/// # Errors
/// As the database.
pub async fn to_tell(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
) -> Result<Vec<NotificationView>> {
    let wanted: Vec<Kind> = wishes::get(conn, person)
        .await?
        .into_iter()
        .filter(|(_, ways)| ways.mail)
        .map(|(kind, _)| kind)
        .collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let wishes = mail::wishes::get(services, conn, person).await?;
    let seen = store::find_read(conn, person).await?.0.max(wishes.told_up_to);
    let filter =
        Filter { kinds: wanted.iter().map(|kind| kind.word().to_owned()).collect(), ..Filter::default() };
    let page = Page { max_id: None, since_id: Some(seen), min_id: None, limit: MOST };
    notify::list(services, conn, person, &filter, page).await
}

/// A mail told of notifications up to this one.
///
/// # Errors
/// As the database.
pub async fn mark_told_in(
    services: &Services,
    tx: &mut Tx,
    person: AccountId,
    up_to: NotificationId,
) -> Result<()> {
    if mail::store::list_wishes(tx, &[person]).await?.is_empty() {
        mail::store::upsert_wishes(tx, &mail::wishes::usual(services, person)).await?;
    }
    mail::store::update_told(tx, person, up_to.0).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(quiet: Option<(i64, i64)>) -> Wishes {
        Wishes {
            account_id: AccountId(1),
            digest: "never".to_owned(),
            hour: 8,
            weekday: 1,
            next_at: None,
            last_at: None,
            zone: "Europe/Berlin".to_owned(),
            language: String::new(),
            quiet_from: quiet.map(|(from, _)| from),
            quiet_until: quiet.map(|(_, until)| until),
            news_off: false,
            told_up_to: 0,
        }
    }

    fn at(text: &str) -> Millis {
        Millis::from_rfc3339(text).expect("a time")
    }

    #[test]
    fn what_is_told_together_is_written_together() {
        let time = |text| time_of(&wishes(None), at(text));

        assert_eq!(time("2026-07-01T10:00:00Z"), at("2026-07-01T10:15:00Z"));
        assert_eq!(time("2026-07-01T10:04:59Z"), at("2026-07-01T10:15:00Z"));
        assert_eq!(time("2026-07-01T10:05:00Z"), at("2026-07-01T10:30:00Z"));
    }

    #[test]
    fn what_is_told_in_the_night_waits_for_the_morning() {
        let time = |text| time_of(&wishes(Some((22, 7))), at(text));

        assert_eq!(time("2026-07-01T19:40:00Z"), at("2026-07-02T05:00:00Z"));
        assert_eq!(time("2026-07-02T03:00:00Z"), at("2026-07-02T05:00:00Z"));
    }
}
