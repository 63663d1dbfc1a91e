//! All the other sites: one server on many ports, each port a site, with a person "rsa" and a person "ed" on it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use url::Url;

use breezeway::platform::crypto::KeyPair;

pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// The other sites. They share their keys, which nobody minds who looks at speed.
pub struct Others {
    pub rsa: Arc<KeyPair>,
    pub ed25519: Arc<KeyPair>,
    hosts: Vec<String>,
    seen: Arc<Mutex<Seen>>,
    hanging: Hanging,
    count: std::sync::atomic::AtomicU64,
}

type Hanging = Arc<RwLock<HashSet<String>>>;

#[derive(Default)]
struct Seen {
    /// When which site got its first Create.
    created: HashMap<String, Instant>,
    accepted: HashSet<String>,
}

#[derive(Clone)]
struct Shared {
    rsa: Arc<KeyPair>,
    ed25519: Arc<KeyPair>,
    seen: Arc<Mutex<Seen>>,
    client: reqwest::Client,
}

impl Others {
    pub async fn start(sites: usize) -> Result<Self> {
        let (rsa, ed25519) = (Arc::new(KeyPair::generate_rsa()?), Arc::new(KeyPair::generate_ed25519()?));
        let seen = Arc::default();
        let hanging = Hanging::default();
        let client = reqwest::Client::builder().no_proxy().build()?;
        let shared =
            Shared { rsa: Arc::clone(&rsa), ed25519: Arc::clone(&ed25519), seen: Arc::clone(&seen), client };
        let router = Router::new()
            .route("/.well-known/webfinger", get(finger))
            .route("/users/{name}", get(actor))
            .route("/inbox", post(inbox))
            .route("/users/{name}/inbox", post(inbox))
            .with_state(shared)
            .layer(axum::middleware::from_fn_with_state(Arc::clone(&hanging), answer_or_hang));
        let mut hosts = Vec::new();
        for _ in 0..sites {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
            hosts.push(listener.local_addr()?.to_string());
            let router = router.clone();
            tokio::spawn(async move { axum::serve(listener, router).await });
        }
        Ok(Self { rsa, ed25519, hosts, seen, hanging, count: 0.into() })
    }

    pub fn person(&self, site: usize, name: &str) -> Url {
        format!("http://{}/users/{name}", self.hosts[site]).parse().expect("a host and a name make a URL")
    }

    pub fn handle(person: &Url) -> String {
        let name = person.path().trim_start_matches("/users/");
        format!("{name}@{}", &person[url::Position::BeforeHost..url::Position::AfterPort])
    }

    /// These sites take connections and never answer; all others do.
    pub fn hang(&self, sites: std::ops::Range<usize>) {
        let mut hanging = self.hanging.write().unwrap_or_else(PoisonError::into_inner);
        *hanging = self.hosts[sites].iter().cloned().collect();
    }

    pub fn follow(&self, follower: &Url, followed: &Url) -> Value {
        json!({
            "@context": "https://www.w3.org/ns/activitystreams", "id": self.fresh(follower), "type": "Follow",
            "actor": follower, "object": followed,
        })
    }

    pub fn undo_follow(&self, follower: &Url, followed: &Url) -> Value {
        json!({
            "@context": "https://www.w3.org/ns/activitystreams", "id": self.fresh(follower), "type": "Undo",
            "actor": follower, "object": self.follow(follower, followed),
        })
    }

    pub fn forget(&self) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.created.clear();
        seen.accepted.clear();
    }

    pub async fn until_accepted(&self, sites: usize) -> Result<()> {
        self.until("all follows are accepted", |seen| seen.accepted.len() >= sites).await
    }

    /// How long after `start` the last of `sites` had its Create.
    pub async fn until_reached(&self, sites: usize, start: Instant) -> Result<Duration> {
        self.until("all sites are reached", |seen| seen.created.len() >= sites).await?;
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(seen.created.values().max().map_or(Duration::ZERO, |last| last.duration_since(start)))
    }

    async fn until(&self, what: &str, done: impl Fn(&Seen) -> bool) -> Result<()> {
        for _ in 0..30_000 {
            if done(&self.seen.lock().unwrap_or_else(PoisonError::into_inner)) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        bail!("waited for a minute until {what}")
    }

    fn fresh(&self, person: &Url) -> String {
        let number = self.count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        format!("{person}/activities/{number}")
    }
}

async fn answer_or_hang(
    State(hanging): State<Hanging>,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> axum::response::Response {
    let hangs = hanging.read().unwrap_or_else(PoisonError::into_inner).contains(&host(request.headers()));
    if hangs {
        std::future::pending::<()>().await;
    }
    next.run(request).await
}

fn host(headers: &HeaderMap) -> String {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned()
}

async fn finger(headers: HeaderMap, uri: axum::http::Uri) -> impl IntoResponse {
    let query = uri.query().unwrap_or_default();
    let name = query.split("acct").nth(1).unwrap_or_default();
    let name =
        name.trim_start_matches("%3A").trim_start_matches(':').split(['@', '%']).next().unwrap_or_default();
    let host = host(&headers);
    Json(json!({
        "subject": format!("acct:{name}@{host}"),
        "links": [{"rel": "self", "type": "application/activity+json", "href": format!("http://{host}/users/{name}")}],
    }))
}

async fn actor(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Path(name): Path<String>,
) -> impl IntoResponse {
    let id = format!("http://{}/users/{name}", host(&headers));
    let mut document = json!({
        "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
        "id": id, "type": "Person", "preferredUsername": name, "name": name,
        "inbox": format!("{id}/inbox"), "outbox": format!("{id}/outbox"), "followers": format!("{id}/followers"),
        "endpoints": {"sharedInbox": format!("http://{}/inbox", host(&headers))},
        "publicKey": {"id": format!("{id}#main-key"), "owner": id,
                      "publicKeyPem": shared.rsa.public_pem().unwrap_or_default()},
    });
    if name == "ed" {
        document["assertionMethod"] = json!([{
            "id": format!("{id}#ed25519-key"), "type": "Multikey", "controller": id,
            "publicKeyMultibase": shared.ed25519.public_multibase(),
        }]);
        document["implements"] = json!([{"href": "https://datatracker.ietf.org/doc/html/rfc9421"}]);
    }
    ([(header::CONTENT_TYPE, "application/activity+json")], document.to_string())
}

/// Notes what comes; follows are accepted.
async fn inbox(State(shared): State<Shared>, headers: HeaderMap, LooseJson(body): LooseJson) -> StatusCode {
    let host = host(&headers);
    match body["type"].as_str() {
        Some("Create") => {
            let mut seen = shared.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.created.entry(host).or_insert_with(Instant::now);
        }
        Some("Accept") => {
            shared.seen.lock().unwrap_or_else(PoisonError::into_inner).accepted.insert(host);
        }
        Some("Follow") => {
            tokio::spawn(accept(shared, host, body));
        }
        _ => {}
    }
    StatusCode::ACCEPTED
}

async fn accept(shared: Shared, host: String, follow: Value) -> Result<()> {
    let actor = follow["object"].as_str().unwrap_or_default().to_owned();
    let accept = json!({
        "@context": "https://www.w3.org/ns/activitystreams", "id": format!("http://{host}/accepts/{}", follow["id"]),
        "type": "Accept", "actor": actor, "object": follow,
    });
    let follower: Url = follow["actor"].as_str().unwrap_or_default().parse()?;
    let inbox = follower.join("/inbox")?;
    let letter = super::sign_with(&shared.rsa, &format!("{actor}#main-key"), &inbox, accept.to_string())?;
    shared.client.post(inbox).headers(letter.0).body(letter.1).send().await?.error_for_status()?;
    Ok(())
}

/// JSON whatever its type is called.
struct LooseJson(Value);

impl<S: Send + Sync> axum::extract::FromRequest<S> for LooseJson {
    type Rejection = StatusCode;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, StatusCode> {
        let body =
            axum::body::Bytes::from_request(request, state).await.map_err(|_| StatusCode::BAD_REQUEST)?;
        serde_json::from_slice(&body).map(Self).map_err(|_| StatusCode::BAD_REQUEST)
    }
}
