//! Looking another site over, end to end: where it fails, and what to mend.
//!
//! For administrators, from `breezeway peer doctor` and the site's page. Everything that is asked is asked by an
//! administrator's word and goes through the same guard as any other request; what is posted changes nothing there.

mod identity;
mod reach;
mod report;
mod talk;

pub use report::{Report, Step, Verdict};

use std::time::Duration;

use http::HeaderMap;
use tokio::time::Instant;
use url::Url;

use super::fetch::base_url;
use super::keys::{self, ActorKeys};
use super::origin::host_of;
use super::signatures::{Outgoing, sign};
use crate::activitystreams::ACCEPT;
use crate::base::error::chain;
use crate::base::origin::INSTANCE_ACTOR;
use crate::base::{Clock, Error, Millis, Result};
use crate::domain::organisation::deliveries;
use crate::domain::organisation::{self, By, Peer, PeerState};
use crate::platform::net::{Fetched, Get, RequestSigner, Unsigned, Voice};
use crate::platform::services::Services;

/// How long all of it may take: a page of this site is not waited for longer.
const PATIENCE: Duration = Duration::from_secs(25);

/// How long one question may take.
const ONE_QUESTION: Duration = Duration::from_secs(6);

/// Looks over the site at `place`: a host as in `sales.example.org`, or any address on it.
///
/// # Errors
/// [`Error::Invalid`] if `place` is no host, or this site; as the database. What is wrong with the other site is no
/// error but in the report.
pub async fn examine(services: &Services, place: &str) -> Result<Report> {
    let place = place.trim();
    let host = match Url::parse(place) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => host_of(&url).unwrap_or_default(),
        _ if place.contains("://") => String::new(),
        _ => place.trim_end_matches('/').to_lowercase(),
    };
    if host == services.origin.host() {
        return Err(Error::invalid("host", "is this site itself; name another one"));
    }
    let mut visit = Visit::new(services, &host).await?;
    if visit.standing()
        && visit.reach().await
        && let Some(actor) = visit.identity().await
    {
        visit.talk(&actor).await;
    }
    visit.queue().await?;
    Ok(visit.report.finished())
}

/// A look at a site, under way.
struct Visit<'a> {
    services: &'a Services,
    host: String,
    base: Url,
    keys: ActorKeys,
    peer: Option<Peer>,
    until: Instant,
    report: Report,
}

impl<'a> Visit<'a> {
    async fn new(services: &'a Services, host: &str) -> Result<Self> {
        let base = base_url(services, host)?;
        let host = host_of(&base).ok_or_else(|| Error::invalid("host", format!("{host:?} is not a host")))?;
        let mut conn = services.db.read().await?;
        let peer = organisation::store::find(&mut conn, &host).await?;
        let keys = keys::of(services, &mut conn, INSTANCE_ACTOR, &services.origin.instance_actor()).await?;
        let report = Report::new(&host, base.as_str());
        Ok(Self { services, host, base, keys, peer, until: Instant::now() + PATIENCE, report })
    }

    /// How the site stands to this one. A blocked one is not asked anything.
    fn standing(&mut self) -> bool {
        let (host, own) = (&self.host, self.services.origin.host());
        let state = self.peer.as_ref().map_or(PeerState::None, |peer| peer.state);
        if self.peer.as_ref().is_some_and(|peer| peer.blocked_at.is_some()) {
            let mend = "the moderators of this site lift a block in their log";
            self.report.fail("standing", "blocked by the moderators of this site", mend);
            return false;
        }
        match state {
            PeerState::Accepted => self.report.ok("standing", "in the organisation"),
            _ if self.may_speak() => self.report.ok("standing", "this site speaks with everybody"),
            PeerState::Invited => {
                let mend = format!("there, somebody must run: breezeway peer accept {own}");
                self.report.warn("standing", "invited, has not answered yet", &mend);
            }
            PeerState::Requested => {
                let mend = format!("breezeway peer accept {host}");
                self.report.warn(
                    "standing",
                    "asked to be in the organisation; nobody here has accepted it",
                    &mend,
                );
            }
            PeerState::None | PeerState::Removed => {
                let mend = format!("breezeway peer invite {host}");
                self.report.warn("standing", "not in the organisation", &mend);
            }
        }
        true
    }

    /// Whether anything but the handshake may be said to it.
    fn may_speak(&self) -> bool {
        organisation::may_speak(self.services.config.federation.mode, self.peer.as_ref())
    }

    /// What waits for it here. If it takes what is posted again, it is tried at once.
    async fn queue(&mut self) -> Result<()> {
        let mut conn = self.services.db.read().await?;
        let queue = deliveries::queue(&mut conn, &self.host).await?;
        drop(conn);
        let mut found = format!("{} waiting, {} given up", queue.waiting, queue.dead);
        if queue.is_failing() && self.report.is_ok("inbox") {
            deliveries::try_now(self.services, By::Site, &self.host).await?;
            found.push_str("; the site takes posts again, and what waits is sent now");
        } else if queue.is_failing() {
            let error = queue.last_error.clone().unwrap_or_default();
            found = format!("{found}; {} failures in a row, the last: {error}", queue.failures);
        }
        if queue.dead > 0 {
            let host = &self.host;
            let mend = format!(
                "see why with `breezeway delivery list {host}`, and send it again with `breezeway delivery retry --host {host}`"
            );
            self.report.warn("queue", &found, &mend);
        } else if queue.is_failing() && !self.report.is_ok("inbox") {
            self.report.warn(
                "queue",
                &found,
                "mend what is named above; all that waits is kept and sent then",
            );
        } else {
            self.report.ok("queue", &found);
        }
        Ok(())
    }

    /// The answer of one question, or why there is none. Nothing takes longer than it may.
    async fn within<T, E: std::error::Error>(
        &self,
        question: impl Future<Output = std::result::Result<T, E>>,
    ) -> std::result::Result<T, String> {
        let left = self.until.saturating_duration_since(Instant::now());
        match tokio::time::timeout(left.min(ONE_QUESTION), question).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(chain(&error)),
            Err(_) => Err(format!("no answer within {} s", left.min(ONE_QUESTION).as_secs())),
        }
    }

    /// Fetches, signed by the site's own actor.
    async fn get(&self, url: &Url, voice: Voice) -> std::result::Result<Fetched, String> {
        let signer = Signer { keys: &self.keys, voice, clock: &self.services.clock, host: &self.host };
        let fetch = self.services.http.get(url, Get::accept(ACCEPT).signed_by(&signer));
        self.within(fetch).await
    }

    fn now(&self) -> Millis {
        self.services.clock.now()
    }
}

/// Signs, and stays on the site that is looked at.
struct Signer<'a> {
    keys: &'a ActorKeys,
    voice: Voice,
    clock: &'a Clock,
    host: &'a str,
}

impl RequestSigner for Signer<'_> {
    fn sign(&self, request: Unsigned<'_>) -> std::result::Result<HeaderMap, String> {
        if host_of(request.url).as_deref() != Some(self.host) {
            return Err(format!("it sends us on to {}, another site", request.url));
        }
        let now = self.clock.now();
        let outgoing = Outgoing { method: request.method, url: request.url, digest: None, now };
        sign(self.keys.for_voice(self.voice), self.voice.into(), &outgoing)
            .map_err(|problem| problem.to_string())
    }
}
