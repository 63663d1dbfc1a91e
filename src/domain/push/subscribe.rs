//! A browser or a program asks to be woken.

use url::{Host, Url};

use super::model::{Owner, Reach, Subscription};
use super::store;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::instance;
use crate::domain::notifications::Kind;
use crate::platform::crypto::{PushReceiver, PushSender, sha256};
use crate::platform::services::Services;

/// The setting that keeps the site's key.
const KEY: &str = "push_key";

/// The longest address of a push service.
const ENDPOINT_MAX: usize = 2_000;

/// The most browsers and programs of a person.
const MOST: i64 = 20;

/// What somebody subscribes with.
#[derive(Clone, Debug, Default)]
pub struct NewSubscription {
    /// Where messages go.
    pub endpoint: String,
    /// The receiver's public key, base64.
    pub p256dh: String,
    /// The receiver's secret, base64.
    pub auth: String,
    /// What a program wants to hear of.
    pub alerts: Vec<Kind>,
    /// Of whom.
    pub reach: Reach,
}

/// The key that browsers and programs ask for before they subscribe; made at the first time. None where push is off.
///
/// # Errors
/// As the database.
pub async fn public_key(services: &Services) -> Result<Option<String>> {
    if !services.config.push.enabled {
        return Ok(None);
    }
    Ok(Some(sender(services).await?.public_key()))
}

/// The site's key towards push services.
///
/// # Errors
/// As the database.
pub async fn sender(services: &Services) -> Result<PushSender> {
    let mut conn = services.db.read().await?;
    let kept = instance::store::find(&mut conn, KEY).await?;
    drop(conn);
    if let Some(kept) = kept {
        return PushSender::parse(&kept).map_err(Error::internal);
    }
    let new = PushSender::generate().map_err(Error::internal)?;
    let mut tx = services.db.begin().await?;
    // Somebody may have been quicker.
    let kept = if let Some(kept) = instance::store::find(&mut tx, KEY).await? {
        kept
    } else {
        instance::store::upsert(&mut tx, KEY, &new, services.clock.now()).await?;
        new
    };
    tx.commit().await?;
    PushSender::parse(&kept).map_err(Error::internal)
}

/// Subscribes, in the place of what this browser or program had before.
///
/// # Errors
/// [`Error::Forbidden`] where push is off; [`Error::Invalid`] for an endpoint that is not allowed or keys that are none.
pub async fn subscribe(
    services: &Services,
    person: AccountId,
    owner: Owner,
    new: NewSubscription,
) -> Result<Subscription> {
    if !services.config.push.enabled {
        return Err(Error::forbidden("this site wakes no browsers and programs"));
    }
    check_endpoint(services, &new.endpoint)?;
    PushReceiver::parse(&new.p256dh, &new.auth)
        .map_err(|problem| Error::invalid("subscription", format!("has no keys: {problem}")))?;
    let (session_id, token_id) = match owner {
        Owner::Session(id) => (Some(id), None),
        Owner::Token(id) => (None, Some(id)),
    };
    let subscription = Subscription {
        id: services.ids.next(),
        account_id: person,
        session_id,
        token_id,
        p256dh: new.p256dh,
        auth: new.auth,
        alerts: words_of(&new.alerts),
        policy: new.reach,
        failures: 0,
        created_at: services.clock.now(),
        endpoint: new.endpoint,
    };
    let key = sha256(subscription.endpoint.as_bytes()).to_hex();
    let mut tx = services.db.begin().await?;
    store::delete_of(&mut tx, owner).await?;
    store::delete_by_endpoint(&mut tx, &key).await?;
    store::insert(&mut tx, &subscription, &key).await?;
    store::delete_beyond(&mut tx, person, MOST).await?;
    tx.commit().await?;
    Ok(subscription)
}

/// A program wants to hear of other things.
///
/// # Errors
/// [`Error::NotFound`] if it did not subscribe.
pub async fn change(
    services: &Services,
    owner: Owner,
    alerts: &[Kind],
    reach: Reach,
) -> Result<Subscription> {
    let mut tx = services.db.begin().await?;
    let before = store::find_of(&mut tx, owner).await?.ok_or(Error::not_found("subscription"))?;
    let after = Subscription { alerts: words_of(alerts), policy: reach, ..before };
    store::update_alerts(&mut tx, &after).await?;
    tx.commit().await?;
    Ok(after)
}

/// A browser or a program wants to sleep. Twice is once.
///
/// # Errors
/// As the database.
pub async fn unsubscribe(services: &Services, owner: Owner) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::delete_of(&mut tx, owner).await?;
    tx.commit().await
}

/// The site sends to no address but those of push services that whoever runs it allows.
pub(super) fn check_endpoint(services: &Services, endpoint: &str) -> Result<Url> {
    let wrong = |problem: &str| Error::invalid("subscription[endpoint]", problem);
    if endpoint.len() > ENDPOINT_MAX {
        return Err(wrong("is too long"));
    }
    let url = Url::parse(endpoint).map_err(|_| wrong("is no address"))?;
    let host = url.host_str().unwrap_or_default();
    // Plain http and ports are for push services of tests, on loopback; a name is no such thing.
    let is_name = matches!(url.host(), Some(Host::Domain(_)));
    if is_name && (url.scheme() != "https" || url.port().is_some()) {
        return Err(wrong("must be https, on its usual port"));
    }
    if !services.config.push.allows(host) {
        return Err(wrong("is at no push service that this site uses"));
    }
    services.http.policy().check(&url).map_err(|refusal| wrong(&format!("may not be reached: {refusal}")))?;
    Ok(url)
}

fn words_of(alerts: &[Kind]) -> String {
    alerts.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(" ")
}
