//! The inbox: takes what other sites send, refuses what it must, and says why in the log.
//!
//! Size, type and shape are checked first, then who signed; then the activity is handed to its file in `inbound`.
//! It is written before the answer, so what was answered with success is kept.

mod ahead;
mod farewell;
mod forwarded;
mod postponed;
mod refusal;
mod store;
mod writer;

pub use ahead::Asks;
pub use refusal::Refusal;
pub use writer::{Change, Outcome, Writer, run as run_writer};

use activitypub_federation::config::{Data, FederationConfig, UrlVerifier};
use activitypub_federation::error::Error as LibraryError;
use activitypub_federation::traits::Activity as _;
use async_trait::async_trait;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Extension, FromRequest as _, OriginalUri, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use tokio_util::sync::CancellationToken;
use tracing::{debug, info};
use url::Url;

use super::gate::Purpose;
use super::inbound;
use super::origin::same_origin;
use super::signatures::Received;
use super::signer::{self, Signer};
use crate::activitystreams::activity::{Activity, Answered, Undone};
use crate::activitystreams::{is_activity_type, read};
use crate::base::client::ClientIp;
use crate::base::{Error, Result};
use crate::federation::{delivery, followers};
use crate::platform::limiter::Purpose as Counted;
use crate::platform::services::Services;

/// What an inbound activity works with. `Data<Incoming>` of the library wraps it.
#[derive(Clone)]
pub struct Incoming {
    /// The site.
    pub services: Services,
    /// Writes changes, many in one transaction.
    pub writer: Writer,
}

impl Incoming {
    /// Hands a change to the writer and waits until it is committed.
    ///
    /// # Errors
    /// As the change.
    pub async fn write(&self, activity: impl AsRef<str>, change: impl Change + 'static) -> Result<()> {
        let activity = activity.as_ref();
        match self.writer.write(activity, Box::new(change)).await? {
            Outcome::Done => {}
            Outcome::Known => debug!(%activity, "{activity} was taken in before"),
            Outcome::Ignored(why) => info!(%activity, "{activity} changes nothing: {why}"),
        }
        Ok(())
    }
}

/// The inboxes of this site, as one router.
///
/// # Errors
/// [`Error::Internal`] if the library refuses its configuration.
pub async fn router(services: Services, writer: Writer) -> Result<Router> {
    let largest = services.config.federation.max_body.as_usize();
    Ok(Router::new()
        .route("/inbox", post(take))
        .route("/actor/inbox", post(take))
        .route("/users/{username}/inbox", post(take))
        .layer(DefaultBodyLimit::max(largest))
        .with_state(configured(services, writer).await?))
}

/// Does, until `stop`, what waited for a third site when it came.
///
/// # Errors
/// As [`router`].
pub async fn run_postponed(services: Services, writer: Writer, stop: CancellationToken) -> Result<()> {
    postponed::run(configured(services, writer).await?, stop).await;
    Ok(())
}

async fn configured(services: Services, writer: Writer) -> Result<FederationConfig<Incoming>> {
    let domain = services.origin.host().to_owned();
    FederationConfig::builder()
        .domain(domain)
        .app_data(Incoming { services: services.clone(), writer })
        // Ports and private addresses are what an intranet has: whom to reach is decided by our own guard.
        .debug(true)
        .allow_http_urls(false)
        .url_verifier(Box::new(Guarded(services.clone())))
        .build()
        .await
        .map_err(Error::internal)
}

/// The library asks before it touches an address: the guard of all requests answers.
#[derive(Clone)]
struct Guarded(Services);

#[async_trait]
impl UrlVerifier for Guarded {
    async fn verify(&self, url: &Url) -> Result<(), LibraryError> {
        self.0.http.policy().check(url).map_err(|refusal| LibraryError::Other(refusal.to_string()))
    }
}

async fn take(
    State(config): State<FederationConfig<Incoming>>,
    OriginalUri(uri): OriginalUri,
    address: Option<Extension<ClientIp>>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let target = uri.path_and_query().map_or(uri.path(), |target| target.as_str());
    let patience = config.services.config.server.client_timeout;
    let outcome = match tokio::time::timeout(patience, Bytes::from_request(request, &())).await {
        Ok(Ok(body)) => Box::pin(receive(&config, target, address, &headers, &body)).await,
        Ok(Err(rejection)) => Err(Refusal::new(rejection.status(), rejection.body_text())),
        Err(_) => Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "the body takes too long to come")),
    };
    match outcome {
        Ok(()) => StatusCode::ACCEPTED.into_response(),
        Err(refusal) => {
            let status = refusal.status;
            info!(%status, target, "The inbox refused a request with {status}: {}", refusal.reason);
            refusal.into_response()
        }
    }
}

async fn receive(
    config: &FederationConfig<Incoming>,
    target: &str,
    address: Option<Extension<ClientIp>>,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<(), Refusal> {
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !is_activity_type(content_type) {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the body is not announced as ActivityPub",
        ));
    }
    let services = &config.services;
    let activity: Activity =
        read(body).map_err(|problem| Refusal::new(StatusCode::BAD_REQUEST, problem.to_string()))?;
    check_ids(&activity)?;
    if farewell::is_of_a_stranger(services, &activity).await? {
        return Ok(());
    }
    let received = Received {
        method: &Method::POST,
        site: &services.config.site.url,
        target,
        headers,
        body: Some(body),
        now: services.clock.now(),
        skew: services.config.federation.clock_skew,
    };
    let purpose = purpose(services, &activity);
    let network = address.map(|Extension(address)| address.network()).unwrap_or_default();
    if purpose == Purpose::Handshake {
        // Whoever asks makes this site read theirs, known or not.
        services.limiter.check(Counted::Handshakes, &network)?;
    }
    if !services.caches.may_try(&network) {
        return Err(Refusal::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too much from there was not to be believed",
        ));
    }
    let signer = match signer::authenticate(services, &received, purpose).await {
        Ok(signer) => signer,
        Err(problem) => {
            services.caches.note_unbelieved(&network);
            return farewell::without_key(services, &activity, problem).await;
        }
    };
    heard_from(services, &signer).await?;
    if signer.hidden {
        info!(actor = %signer.actor, "{} is suspended here and not heard", signer.actor);
        return Ok(());
    }
    if is_own(&activity, &signer) {
        let compared = compared_followers(headers).map(|header| (header.to_owned(), signer.clone()));
        let sealed = has_proof(body).then(|| body.clone());
        let (id, sender) = (activity.id().cloned(), signer.clone());
        match (dispatch(config.to_request_data(), activity, signer, sealed).await, id) {
            (Err(Error::PeerUnavailable { peer }), Some(id)) if peer != sender.host => {
                postponed::keep(services, &sender, &id, body, peer).await?;
            }
            (outcome, _) => outcome?,
        }
        if let Some((header, signer)) = compared {
            followers::compare(services, &signer, &header).await?;
        }
        return Ok(());
    }
    match forwarded::believed(services, activity, &signer, body).await? {
        Some((activity, signer)) if !signer.hidden => {
            dispatch(config.to_request_data(), activity, signer, None).await.map_err(Refusal::from)
        }
        _ => Ok(()),
    }
}

/// An activity belongs to the site of its actor.
fn check_ids(activity: &Activity) -> Result<(), Refusal> {
    let (Some(id), Some(actor)) = (activity.id(), activity.actor()) else {
        return Ok(());
    };
    if same_origin(id, actor) {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::FORBIDDEN, format!("{id} is not of the same site as its actor {actor}")))
}

/// The signer is the actor. An activity that is not understood is left alone whoever sent it.
fn is_own(activity: &Activity, signer: &Signer) -> bool {
    activity.actor().is_none_or(|actor| actor.as_str() == signer.actor)
}

/// What the signer says of the followers that it has here.
fn compared_followers(headers: &HeaderMap) -> Option<&str> {
    headers.get(followers::HEADER)?.to_str().ok()
}

/// Whether it is worth looking for a proof.
fn has_proof(body: &[u8]) -> bool {
    const FIELD: &[u8] = b"\"proof\"";
    body.windows(FIELD.len()).any(|window| window == FIELD)
}

/// What is said between the sites' own actors is heard also from sites that have not shaken hands.
fn purpose(services: &Services, activity: &Activity) -> Purpose {
    let ours = services.origin.instance_actor();
    let handshake = match activity {
        Activity::Follow(follow) => follow.object.as_str() == ours,
        Activity::Accept(accept) => accept
            .object
            .object()
            .and_then(Answered::follow)
            .is_some_and(|follow| follow.actor.as_str() == ours),
        Activity::Reject(reject) => reject
            .object
            .object()
            .and_then(Answered::follow)
            .is_some_and(|follow| follow.actor.as_str() == ours),
        Activity::Undo(undo) => {
            matches!(undo.object.object(), Some(Undone::Follow(follow)) if follow.object.as_str() == ours)
        }
        _ => false,
    };
    if handshake { Purpose::Handshake } else { Purpose::Conversation }
}

/// A site that is heard can be reached: what waits for it need not wait longer.
async fn heard_from(services: &Services, signer: &Signer) -> Result<()> {
    if !services.caches.is_failing(&signer.host) || !services.caches.may_hear(&signer.host) {
        return Ok(());
    }
    let mut tx = services.db.begin().await?;
    delivery::store::update_host_heard(&mut tx, &signer.host, services.clock.now()).await?;
    tx.commit().await?;
    services.caches.set_failing(&signer.host, false);
    services.hub.wake_delivery();
    Ok(())
}

/// Calls the rules of the activity and then its verb.
async fn dispatch(
    data: Data<Incoming>,
    activity: Activity,
    signer: Signer,
    sealed: Option<Bytes>,
) -> Result<()> {
    macro_rules! call {
        ($activity:expr) => {{
            let activity = inbound::From { activity: $activity, signer, sealed };
            activity.verify(&data).await?;
            activity.receive(&data).await
        }};
    }
    match activity {
        Activity::Accept(it) => call!(it),
        Activity::Add(it) => call!(it),
        Activity::Announce(it) => call!(it),
        Activity::Block(it) => call!(it),
        Activity::Create(it) => call!(it),
        Activity::Delete(it) => call!(it),
        Activity::EmojiReact(it) => call!(it),
        Activity::Flag(it) => call!(it),
        Activity::Follow(it) => call!(it),
        Activity::Like(it) => call!(it),
        Activity::Move(it) => call!(it),
        Activity::QuoteRequest(it) => call!(*it),
        Activity::Reject(it) => call!(it),
        Activity::Remove(it) => call!(it),
        Activity::ReplyRequest(it) => call!(*it),
        Activity::Undo(it) => call!(it),
        Activity::Update(it) => call!(it),
        Activity::Unknown { kind } => {
            info!(kind, "An activity of type {kind:?} is not understood and left alone");
            Ok(())
        }
    }
}
