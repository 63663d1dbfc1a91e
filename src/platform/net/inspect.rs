//! Looking at a site step by step, for whoever wants to know where it fails. See `federation::doctor`.

use std::net::{IpAddr, SocketAddr};

use bytes::Bytes;
use http::header::{ACCEPT, DATE};
use http::{Method, StatusCode};
use reqwest::tls::TlsInfo;
use url::{Host, Url};

use super::certificate::not_after;
use super::client::{header, read_body, send};
use super::policy::Refusal;
use super::{Http, NetError, build};
use crate::base::Millis;

/// What a GET on a connection of its own shows.
#[derive(Clone, Debug)]
pub struct Inspected {
    pub status: StatusCode,
    /// The clock of the other side, to the second.
    pub date: Option<Millis>,
    /// Until when its certificate is valid; none for plain http.
    pub certificate_until: Option<Millis>,
    pub body: Bytes,
}

impl Http {
    /// The addresses of a URL's host, each with whether it may be reached.
    pub async fn look_up(&self, url: &Url) -> Result<Vec<(SocketAddr, Result<(), Refusal>)>, std::io::Error> {
        let port = url.port_or_known_default().unwrap_or(443);
        let addresses: Vec<SocketAddr> = match url.host() {
            Some(Host::Ipv4(address)) => vec![(IpAddr::V4(address), port).into()],
            Some(Host::Ipv6(address)) => vec![(IpAddr::V6(address), port).into()],
            Some(Host::Domain(name)) => tokio::net::lookup_host((name, port)).await?.collect(),
            None => Vec::new(),
        };
        let reach = self.policy().reach_of(url);
        let verdict = |address: &SocketAddr| match &reach {
            Ok(reach) => self.policy().check_address(address.ip(), *reach),
            Err(refusal) => Err(refusal.clone()),
        };
        Ok(addresses.into_iter().map(|address| (address, verdict(&address))).collect())
    }

    /// Opens a connection to an address that [`Http::look_up`] allowed, and closes it.
    pub async fn knock(&self, address: SocketAddr) -> std::io::Result<()> {
        let limit = self.options().connect_timeout;
        match tokio::time::timeout(limit, tokio::net::TcpStream::connect(address)).await {
            Ok(connected) => connected.map(drop),
            Err(_) => Err(std::io::Error::new(
                std::io::ErrorKind::TimedOut,
                format!("no answer within {} s", limit.as_secs()),
            )),
        }
    }

    /// Whether a URL is reached through the proxy.
    pub async fn is_proxied(&self, url: &Url) -> Result<bool, NetError> {
        let reach = self.reach_of(url)?;
        self.goes_by_proxy(url, reach).await
    }

    /// Fetches `url` on a new connection and looks at what is otherwise not seen. Follows no redirect.
    pub async fn inspect(&self, url: &Url, accept: &str) -> Result<Inspected, NetError> {
        let reach = self.reach_of(url)?;
        let proxy = if self.goes_by_proxy(url, reach).await? { self.options().proxy.as_ref() } else { None };
        let client = build::inspector(self.options(), reach, proxy)?;
        self.within_time(url, async {
            let request = client.request(Method::GET, url.clone()).header(ACCEPT, accept);
            let response = send(url, request).await?;
            let certificate = response.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate);
            let certificate_until = certificate.and_then(not_after);
            let date = header(response.headers(), &DATE).and_then(|text| {
                let at = httpdate::parse_http_date(&text).ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
                i64::try_from(at.as_millis()).ok().map(Millis)
            });
            let status = response.status();
            let body = read_body(url, response, self.options().max_body).await?;
            Ok(Inspected { status, date, certificate_until, body })
        })
        .await
    }
}
