//! WebFinger: from a handle, or the address of a person, to the actor.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::actor::find_person;
use super::answer::{Refusal, open};
use crate::activitystreams::webfinger::{JRD_JSON, Jrd, JrdLink, SITE_ACTOR};
use crate::activitystreams::{ACTIVITY_JSON, LD_JSON};
use crate::base::origin::INSTANCE_ACTOR;
use crate::base::{Error, Result};
use crate::domain::accounts::{self, Account};
use crate::platform::services::Services;

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    resource: Option<String>,
}

/// `GET /.well-known/webfinger?resource=acct:ann@here` · <https://www.rfc-editor.org/rfc/rfc7033>
pub(super) async fn webfinger(
    State(services): State<Services>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let resource = asked.resource.ok_or(Error::invalid("resource", "is missing"))?;
    let mut conn = services.db.read().await?;
    let account = match whom(&services, &resource).ok_or(Error::not_found("account"))? {
        Whom::Site => accounts::store::get(&mut conn, INSTANCE_ACTOR).await?,
        Whom::Person(username) => find_person(&mut conn, &username).await?,
    };
    Ok(open(JRD_JSON, describe(&services, &account)))
}

#[derive(Debug, PartialEq)]
enum Whom {
    Site,
    Person(String),
}

/// Whom a resource names: `acct:ann@here`, `ann@here`, or the address of a person or of the whole site.
fn whom(services: &Services, resource: &str) -> Option<Whom> {
    let origin = &services.origin;
    if let Some(path) = resource.strip_prefix(origin.base()) {
        let person = path.strip_prefix("/users/").or_else(|| path.strip_prefix("/@"));
        return match (path, person) {
            ("" | "/" | "/actor", _) => Some(Whom::Site),
            (_, Some(name)) if !name.contains('/') => Some(Whom::Person(name.to_owned())),
            _ => None,
        };
    }
    let handle = resource.strip_prefix("acct:").unwrap_or(resource);
    let (name, host) = handle.strip_prefix('@').unwrap_or(handle).rsplit_once('@')?;
    if !host.eq_ignore_ascii_case(origin.host()) {
        return None;
    }
    let is_site = name.eq_ignore_ascii_case(origin.host());
    Some(if is_site { Whom::Site } else { Whom::Person(name.to_owned()) })
}

fn describe(services: &Services, account: &Account) -> Jrd {
    let link = |rel: &str, kind: &str, href: &str| JrdLink {
        rel: rel.to_owned(),
        kind: Some(kind.to_owned()),
        href: Some(href.to_owned()),
        template: None,
    };
    let mut links = vec![
        link("http://webfinger.net/rel/profile-page", "text/html", &account.url),
        link("self", ACTIVITY_JSON, &account.uri),
    ];
    if account.id == INSTANCE_ACTOR {
        links.push(link(SITE_ACTOR, LD_JSON, &account.uri));
    }
    Jrd {
        subject: format!("acct:{}@{}", account.username, services.origin.host()),
        aliases: vec![account.url.clone(), account.uri.clone()],
        links,
    }
}
