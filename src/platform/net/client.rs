//! The client itself: requests, redirects by hand, bodies up to a limit.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE, LOCATION, RANGE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, Method, StatusCode};
use reqwest::{RequestBuilder, Response};
use tokio::sync::Semaphore;
use url::{Host, Url};

use super::build::Clients;
use super::policy::{NetPolicy, Reach, Refusal};
use super::{NetError, Proxy};

/// Redirects followed for one GET. Mastodon follows as many.
const MAX_REDIRECTS: usize = 3;

/// How the client is made.
#[derive(Clone, Debug)]
pub struct HttpOptions {
    pub policy: NetPolicy,
    /// As in `Breezeway/0.1.0 (+https://sales.example/)`.
    pub user_agent: String,
    pub connect_timeout: Duration,
    /// For the whole of a request, redirects and body included.
    pub total_timeout: Duration,
    /// Bytes of an answer's body, unless a request says otherwise.
    pub max_body: usize,
    /// Certificates (PEM) of private authorities, trusted beside those of the system.
    pub extra_roots: Vec<Vec<u8>>,
    /// The way out, where there is no direct one.
    pub proxy: Option<Proxy>,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            policy: NetPolicy::default(),
            user_agent: concat!("Breezeway/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(10),
            max_body: 1024 * 1024,
            extra_roots: Vec::new(),
            proxy: None,
        }
    }
}

/// The guarded client. Cheap to clone; keeps connections open per host.
#[derive(Clone, Debug)]
pub struct Http {
    direct: Clients,
    proxied: Option<Clients>,
    options: Arc<HttpOptions>,
    pub(super) streams: Arc<Semaphore>,
}

/// A request that still lacks the headers of its signature.
#[derive(Clone, Copy, Debug)]
pub struct Unsigned<'a> {
    pub method: &'a Method,
    pub url: &'a Url,
}

/// Makes the headers of a signature. Called once per hop, since host and path are signed.
pub trait RequestSigner: Send + Sync {
    /// The headers to add, or a problem to log.
    fn sign(&self, request: Unsigned<'_>) -> Result<HeaderMap, String>;
}

/// A GET.
#[derive(Clone, Copy)]
pub struct Get<'a> {
    pub accept: &'a str,
    pub signer: Option<&'a dyn RequestSigner>,
    /// Bytes; `None` for the limit of the client.
    pub max_body: Option<usize>,
    /// Which part is wanted, as the header has it. A site may send the whole all the same.
    pub range: Option<&'a str>,
}

impl<'a> Get<'a> {
    pub fn accept(accept: &'a str) -> Self {
        Self { accept, signer: None, max_body: None, range: None }
    }

    pub fn signed_by(self, signer: &'a dyn RequestSigner) -> Self {
        Self { signer: Some(signer), ..self }
    }

    pub fn up_to(self, bytes: usize) -> Self {
        Self { max_body: Some(bytes), ..self }
    }
}

/// What a GET brought, whatever its status.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Where it came from in the end, after redirects.
    pub url: Url,
    pub status: StatusCode,
    /// The whole header, parameters included; empty if there was none.
    pub content_type: String,
    pub retry_after: Option<String>,
    pub body: Bytes,
}

/// What a POST brought, whatever its status. Redirects are answers, too: they are not followed.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    /// Seconds or a date, as the header has it.
    pub retry_after: Option<String>,
    pub body: Bytes,
}

impl Http {
    pub fn new(options: HttpOptions) -> Result<Self, NetError> {
        let direct = Clients::direct(&options)?;
        let proxied = options.proxy.as_ref().map(|proxy| Clients::proxied(&options, proxy)).transpose()?;
        Ok(Self {
            direct,
            proxied,
            options: Arc::new(options),
            streams: Arc::new(Semaphore::new(super::stream::AT_ONCE)),
        })
    }

    pub fn policy(&self) -> &NetPolicy {
        &self.options.policy
    }

    pub(super) fn options(&self) -> &HttpOptions {
        &self.options
    }

    /// Fetches `url` and follows up to three redirects, each checked and signed anew.
    pub async fn get(&self, url: &Url, get: Get<'_>) -> Result<Fetched, NetError> {
        self.within_time(url, self.get_hops(url.clone(), get)).await
    }

    /// Sends `body` with `headers`, in which the caller has put type and signature.
    pub async fn post(&self, url: &Url, headers: HeaderMap, body: Bytes) -> Result<Answer, NetError> {
        self.within_time(url, async {
            let request = self.request(Method::POST, url).await?.headers(headers).body(body);
            let response = send(url, request).await?;
            let (status, retry_after) = (response.status(), header(response.headers(), &RETRY_AFTER));
            let body = read_body(url, response, self.options.max_body).await?;
            Ok(Answer { status, retry_after, body })
        })
        .await
    }

    async fn get_hops(&self, url: Url, get: Get<'_>) -> Result<Fetched, NetError> {
        let (url, response) = self.open(url, get).await?;
        fetched(url, response, get.max_body.unwrap_or(self.options.max_body)).await
    }

    /// Follows redirects up to an answer, whose body is yet to be read.
    pub(super) async fn open(&self, mut url: Url, get: Get<'_>) -> Result<(Url, Response), NetError> {
        let start = url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let mut request = self.request(Method::GET, &url).await?.header(ACCEPT, get.accept);
            if let Some(signer) = get.signer {
                let headers = signer
                    .sign(Unsigned { method: &Method::GET, url: &url })
                    .map_err(|problem| NetError::Signing { url: url.to_string(), problem })?;
                request = request.headers(headers);
            }
            if let Some(range) = get.range {
                request = request.header(RANGE, range);
            }
            let response = send(&url, request).await?;
            let Some(next) = redirect_of(&url, &response)? else { return Ok((url, response)) };
            url = next;
        }
        Err(NetError::TooManyRedirects { url: start.to_string(), limit: MAX_REDIRECTS })
    }

    async fn request(&self, method: Method, url: &Url) -> Result<RequestBuilder, NetError> {
        let reach = self.reach_of(url)?;
        let clients = match &self.proxied {
            Some(proxied) if self.goes_by_proxy(url, reach).await? => proxied,
            _ => &self.direct,
        };
        Ok(clients.of(reach).request(method, url.clone()))
    }

    pub(super) fn reach_of(&self, url: &Url) -> Result<Reach, NetError> {
        let refused = |refusal| NetError::Refused { url: url.to_string(), refusal };
        self.options.policy.reach_of(url).map_err(refused)
    }

    /// Whether `url` is reached through the proxy. The proxy resolves names by itself, so that the guard looks at
    /// their addresses before.
    pub(super) async fn goes_by_proxy(&self, url: &Url, reach: Reach) -> Result<bool, NetError> {
        let Some(proxy) = &self.options.proxy else { return Ok(false) };
        let Some(Host::Domain(name)) = url.host() else {
            let address = url.host_str().map(|host| host.trim_matches(['[', ']']));
            let address: Vec<_> = address.and_then(|host| host.parse().ok()).into_iter().collect();
            return Ok(!proxy.spares("", &address));
        };
        let found = tokio::net::lookup_host((name, 0))
            .await
            .map_err(|source| NetError::Unresolved { url: url.to_string(), source })?;
        let passed: Vec<_> = found
            .map(|found| found.ip())
            .filter(|address| self.options.policy.check_address(*address, reach).is_ok())
            .collect();
        if passed.is_empty() {
            let refusal = Refusal::NoAddress(name.to_owned());
            return Err(NetError::Refused { url: url.to_string(), refusal });
        }
        Ok(!proxy.spares(name, &passed))
    }

    pub(super) async fn within_time<T>(
        &self,
        url: &Url,
        work: impl Future<Output = Result<T, NetError>>,
    ) -> Result<T, NetError> {
        let limit = self.options.total_timeout;
        tokio::time::timeout(limit, work)
            .await
            .unwrap_or_else(|_| Err(NetError::Timeout { url: url.to_string(), seconds: limit.as_secs() }))
    }
}

pub(super) async fn send(url: &Url, request: RequestBuilder) -> Result<Response, NetError> {
    request.send().await.map_err(|source| unreachable_error(url, source))
}

/// A refusal of the resolver is buried in the error of the connection.
pub(super) fn unreachable_error(url: &Url, source: reqwest::Error) -> NetError {
    let mut cause = source.source();
    while let Some(error) = cause {
        if let Some(refusal) = error.downcast_ref::<Refusal>() {
            return NetError::Refused { url: url.to_string(), refusal: refusal.clone() };
        }
        cause = error.source();
    }
    NetError::Unreachable { url: url.to_string(), source: source.without_url() }
}

fn redirect_of(url: &Url, response: &Response) -> Result<Option<Url>, NetError> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let next = header(response.headers(), &LOCATION)
        .and_then(|location| url.join(&location).ok())
        .ok_or_else(|| NetError::BadRedirect { url: url.to_string() })?;
    if url.scheme() == "https" && next.scheme() == "http" {
        return Err(NetError::Refused { url: next.to_string(), refusal: Refusal::Downgrade });
    }
    Ok(Some(next))
}

async fn fetched(url: Url, response: Response, limit: usize) -> Result<Fetched, NetError> {
    let status = response.status();
    let content_type = header(response.headers(), &CONTENT_TYPE).unwrap_or_default();
    let retry_after = header(response.headers(), &RETRY_AFTER);
    let body = read_body(&url, response, limit).await?;
    Ok(Fetched { url, status, content_type, retry_after, body })
}

pub(super) async fn read_body(url: &Url, mut response: Response, limit: usize) -> Result<Bytes, NetError> {
    if let Some(encoding) = header(response.headers(), &CONTENT_ENCODING)
        && encoding != "identity"
    {
        return Err(NetError::Encoded { url: url.to_string(), encoding });
    }
    let too_large = || NetError::TooLarge { url: url.to_string(), limit };
    let announced = response.content_length().unwrap_or(0);
    if announced > limit as u64 {
        return Err(too_large());
    }
    let mut body = BytesMut::with_capacity(announced as usize);
    while let Some(chunk) = response.chunk().await.map_err(|source| unreachable_error(url, source))? {
        if body.len() + chunk.len() > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

pub(super) fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;
