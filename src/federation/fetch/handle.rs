//! From a handle to an account, by WebFinger.

use std::time::Duration;

use serde::Deserialize as _;
use url::Url;

use super::{Budget, FetchError, actor, featured, fetcher};
use crate::activitystreams::webfinger::{JRD_JSON, Jrd};
use crate::base::text::Handle;
use crate::domain::accounts::{self, Account};
use crate::federation::gate::{self, Purpose};
use crate::federation::origin::host_of;
use crate::platform::services::Services;

/// How long a profile counts as fresh for somebody who asks for it by name.
const FRESH: Duration = Duration::from_hours(24);

/// The account with this handle: `ann` or `ann@here` of this site, `ann@elsewhere` by WebFinger.
///
/// A profile that was read within a day is not read again; one that cannot be read now is shown as it
/// was read last.
pub async fn handle(services: &Services, handle: &str, budget: &Budget) -> Result<Account, FetchError> {
    let own = services.origin.host();
    let parsed = Handle::parse(handle).ok_or(crate::base::Error::not_found("account"))?;
    let host = parsed.host.map(str::to_lowercase).filter(|host| host != own);
    let known = {
        let mut conn = services.db.read().await?;
        let host = host.as_deref().unwrap_or_default();
        accounts::store::find_by_handle(&mut conn, parsed.username, host).await?
    };
    let Some(host) = host else {
        return known.ok_or_else(|| crate::base::Error::not_found("account").into());
    };
    gate::check(services, &host, Purpose::Conversation).await?;
    if let Some(known) = &known
        && known.fetched_at >= services.clock.now() - FRESH
    {
        return Ok(known.clone());
    }
    match (look_up(services, parsed.username, &host, budget).await, known) {
        (Err(error), Some(known)) if error.is_temporary() => Ok(known),
        (outcome, _) => outcome,
    }
}

async fn look_up(
    services: &Services,
    username: &str,
    host: &str,
    budget: &Budget,
) -> Result<Account, FetchError> {
    let resource = format!("acct:{username}@{host}");
    let jrd = finger(services, host, &resource, Purpose::Conversation, budget).await?;
    let site = base_url(services, host)?;
    let mistaken = |problem: &str| FetchError::Mistaken { url: site.clone(), problem: problem.to_owned() };
    let id = jrd.actor().ok_or_else(|| mistaken("its WebFinger names no actor"))?;
    let account = actor::refresh(services, &id, Purpose::Conversation, budget).await?;
    if account.username.eq_ignore_ascii_case(username) {
        featured::featured_soon(services, &account);
        Ok(account)
    } else {
        Err(mistaken("its WebFinger names somebody of another name"))
    }
}

/// What `host` says about `resource`.
pub(in crate::federation) async fn finger(
    services: &Services,
    host: &str,
    resource: &str,
    purpose: Purpose,
    budget: &Budget,
) -> Result<Jrd, FetchError> {
    let mut url = base_url(services, host)?;
    url.set_path("/.well-known/webfinger");
    url.query_pairs_mut().append_pair("resource", resource);
    gate::check(services, host, purpose).await?;
    let value = fetcher(services).await?.json(&url, JRD_JSON, budget).await?;
    Jrd::deserialize(value).map_err(|problem| FetchError::Mistaken {
        url,
        problem: format!("not a WebFinger answer: {problem}"),
    })
}

/// `https`, or plain `http` where the host stands in a network that the configuration lists for it.
pub(in crate::federation) fn base_url(services: &Services, host: &str) -> Result<Url, FetchError> {
    let config = &services.config.federation;
    let secure = Url::parse(&format!("https://{host}/")).ok().filter(|url| host_of(url).is_some());
    let secure = secure.ok_or(crate::base::Error::invalid("host", format!("{host:?} is not a host")))?;
    let address = secure.host_str().map(|host| host.trim_matches(['[', ']']));
    let insecure = match address.and_then(|text| text.parse().ok()) {
        Some(address) => config.is_insecure(address),
        None => secure.port().is_some() && !config.insecure_networks.is_empty(),
    };
    if !insecure {
        return Ok(secure);
    }
    let plain = Url::parse(&format!("http://{host}/"));
    plain.map_err(|_| crate::base::Error::invalid("host", format!("{host:?} is not a host")).into())
}
