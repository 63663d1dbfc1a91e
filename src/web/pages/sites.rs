//! The other sites: invite, accept, part.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::Serialize;

use super::site;
use crate::base::{Error, Result};
use crate::domain::organisation::deliveries::{self, SiteQueue};
use crate::domain::organisation::{self, By, Peer, PeerState};
use crate::federation::fetch;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::lens::Lens;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, SiteChip, wrong};
use crate::web::visit::{Member, Visit};

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/desk/sites", get(show).post(invite))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Sites {
    /// All that are known.
    pub peers: Vec<PeerLine>,
    /// What was typed.
    pub form: SitesForm,
}

/// A site.
#[derive(Debug, Serialize)]
pub struct PeerLine {
    /// Name and address.
    pub site: SiteChip,
    /// As in `accepted`.
    pub state: &'static str,
    /// As in "not reached since 10:20".
    pub trouble: Option<String>,
    /// Whether its invitation waits for an answer.
    pub may_accept: bool,
    /// Whether there is something to end.
    pub may_remove: bool,
    /// As in `disconnect`: names what ending it says.
    pub remove: &'static str,
    /// Whether it can be invited again.
    pub may_invite: bool,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct SitesForm {
    /// The address.
    pub host: String,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for Sites {
    const TEMPLATE: &'static str = "pages/sites.html";
}

/// `GET /desk/sites`
pub async fn show(web: State<Web>, member: Member) -> Answer {
    member.require_admin()?;
    page(&web, &member, SitesForm::default()).await
}

/// `POST /desk/sites`: invites a site.
pub async fn invite(web: State<Web>, member: Member, posted: Posted) -> Answer {
    member.require_admin()?;
    let host = bare_host(posted.get("host"));
    match send_invitation(&web, &member, &host).await {
        Ok(peer) => {
            Ok(redirect::saying(&web, "/desk/sites", &Flash::good(said(&member.visit, "invite", &peer))))
        }
        Err(error @ Error::Internal(_)) => Err(error.into()),
        Err(error) => {
            let form = SitesForm { errors: wrong("host", host_error(&member.visit, &error)), host };
            let mut answer = page(&web, &member, form).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
    }
}

/// `POST /desk/sites/{host}/{verb}`
pub async fn act(
    web: State<Web>,
    member: Member,
    Path((host, verb)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    member.require_admin()?;
    if let Some(answer) = site::act(&web, &member, (&host, &verb), &posted).await? {
        return answer;
    }
    let by = By::Person(member.id());
    let peer = match verb.as_str() {
        "invite" => send_invitation(&web, &member, &host).await?,
        "accept" => organisation::accept(web.services(), by, &host).await?,
        "remove" => organisation::remove(web.services(), by, &host).await?,
        _ => return Err(Error::not_found("page").into()),
    };
    Ok(redirect::saying(&web, "/desk/sites", &Flash::good(said(&member.visit, &verb, &peer))))
}

async fn send_invitation(web: &Web, member: &Member, host: &str) -> Result<Peer> {
    let profile = fetch::site(web.services(), host).await.map_err(|error| match error.remedy() {
        Some(remedy) => Error::forbidden(format!("{error}; {remedy}")),
        None => error.into(),
    })?;
    organisation::invite(web.services(), By::Person(member.id()), profile).await
}

async fn page(web: &Web, member: &Member, form: SitesForm) -> Answer {
    let mut conn = web.services().db.read().await?;
    let peers = organisation::store::list(&mut conn).await?;
    let queues = deliveries::queues(&mut conn).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let line = |peer: &Peer| {
        let queue = queues.iter().find(|queue| queue.host == peer.host);
        line(peer, queue.and_then(|queue| trouble(&member.visit, queue, &lens)))
    };
    let view = Sites { peers: peers.iter().filter(|peer| is_worth_a_line(peer)).map(line).collect(), form };
    Ok(web.page(&mut conn, &member.visit, Nav::Desk, &view).await?)
}

/// In open mode many sites are known by name only.
fn is_worth_a_line(peer: &Peer) -> bool {
    peer.state != PeerState::None || peer.blocked_at.is_some()
}

/// How the site stands to this one, and what ending that is: both name what they say.
pub fn state_of(peer: &Peer) -> (&'static str, &'static str) {
    match peer.state {
        _ if peer.blocked_at.is_some() => ("blocked", "disconnect"),
        PeerState::None | PeerState::Removed => ("none", "remove"),
        PeerState::Invited => ("invited", "withdraw"),
        PeerState::Requested => ("requested", "decline"),
        PeerState::Accepted => ("accepted", "disconnect"),
    }
}

/// What an administrator should know without asking.
fn trouble(visit: &Visit, queue: &SiteQueue, lens: &Lens) -> Option<String> {
    let given_up = (queue.dead > 0).then(|| visit.say_with("sites-given-up", &[("n", queue.dead.into())]));
    let failing = queue.is_failing().then(|| site::summary(visit, queue, lens));
    match (failing, given_up) {
        (Some(failing), Some(given_up)) => Some(format!("{failing}; {given_up}")),
        (failing, given_up) => failing.or(given_up),
    }
}

fn line(peer: &Peer, trouble: Option<String>) -> PeerLine {
    let blocked = peer.blocked_at.is_some();
    let (state, remove) = state_of(peer);
    PeerLine {
        site: SiteChip { name: peer.label().to_owned(), host: peer.host.clone() },
        state,
        trouble,
        may_accept: !blocked && peer.state == PeerState::Requested,
        may_remove: matches!(peer.state, PeerState::Invited | PeerState::Requested | PeerState::Accepted),
        remove,
        may_invite: !blocked && matches!(peer.state, PeerState::Invited | PeerState::Removed),
    }
}

fn said(visit: &Visit, verb: &str, peer: &Peer) -> String {
    let key = match (verb, peer.state) {
        ("remove", _) => "sites-removed",
        (_, PeerState::Accepted) => "sites-connected",
        _ => "sites-invited",
    };
    visit.say_with(key, &[("site", peer.label().into())])
}

fn host_error(visit: &Visit, error: &Error) -> String {
    match error {
        Error::Invalid { problem, .. } => visit.wrong("wrong-address", problem),
        Error::PeerUnavailable { peer } => {
            visit.say_with("error-peer-text", &[("peer", peer.as_str().into())])
        }
        other => visit.sentence(&other.to_string()),
    }
}

/// What somebody may paste: an address with scheme, a trailing slash, capitals.
fn bare_host(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(text);
    text.split('/').next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_address_is_taken_as_a_host() {
        assert_eq!(bare_host(" https://Sales.example.org/about "), "sales.example.org");
        assert_eq!(bare_host("127.0.0.2:4105"), "127.0.0.2:4105");
    }
}
