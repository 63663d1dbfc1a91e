//! Making the clients of the library: one for each way out, since each checks addresses in its own way.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder};

use super::client::HttpOptions;
use super::policy::Reach;
use super::resolver::GuardedResolver;
use super::{NetError, Proxy};

/// One client for each kind of URL.
#[derive(Clone, Debug)]
pub(super) struct Clients {
    anywhere: Client,
    allowed_networks: Client,
    insecure_networks: Client,
}

impl Clients {
    /// That resolve names themselves, with the guard.
    pub(super) fn direct(options: &HttpOptions) -> Result<Self, NetError> {
        Self::with(|reach| client(options, reach, &guarded(options, reach)))
    }

    /// That hand names to a proxy. The guard must have been asked before.
    pub(super) fn proxied(options: &HttpOptions, proxy: &Proxy) -> Result<Self, NetError> {
        let proxy = proxy.for_library()?;
        Self::with(|reach| client(options, reach, &|builder| builder.proxy(proxy.clone())))
    }

    fn with(make: impl Fn(Reach) -> Result<Client, NetError>) -> Result<Self, NetError> {
        Ok(Self {
            anywhere: make(Reach::Anywhere)?,
            allowed_networks: make(Reach::AllowedNetworks)?,
            insecure_networks: make(Reach::InsecureNetworks)?,
        })
    }

    pub(super) fn of(&self, reach: Reach) -> &Client {
        match reach {
            Reach::Anywhere => &self.anywhere,
            Reach::AllowedNetworks => &self.allowed_networks,
            Reach::InsecureNetworks => &self.insecure_networks,
        }
    }
}

/// A client that keeps nothing open and tells the certificate of the other side.
pub(super) fn inspector(
    options: &HttpOptions,
    reach: Reach,
    proxy: Option<&Proxy>,
) -> Result<Client, NetError> {
    let telling = |builder: ClientBuilder| builder.tls_info(true).pool_max_idle_per_host(0);
    match proxy.map(Proxy::for_library).transpose()? {
        Some(proxy) => client(options, reach, &|builder| telling(builder).proxy(proxy.clone())),
        None => client(options, reach, &|builder| telling(guarded(options, reach)(builder))),
    }
}

fn guarded(options: &HttpOptions, reach: Reach) -> impl Fn(ClientBuilder) -> ClientBuilder + use<> {
    let policy = Arc::new(options.policy.clone());
    move |builder| builder.no_proxy().dns_resolver(GuardedResolver { policy: Arc::clone(&policy), reach })
}

#[expect(clippy::disallowed_methods, reason = "this is the guarded client")]
fn client(
    options: &HttpOptions,
    reach: Reach,
    way_out: &dyn Fn(ClientBuilder) -> ClientBuilder,
) -> Result<Client, NetError> {
    let roots = roots(&options.extra_roots)?;
    let prepared = || {
        way_out(
            Client::builder()
                .user_agent(options.user_agent.clone())
                .connect_timeout(options.connect_timeout)
                .redirect(Policy::none())
                .referer(false)
                .https_only(reach != Reach::InsecureNetworks)
                // Shorter than the patience of the other side, which would close a connection just as it is used.
                .pool_idle_timeout(Duration::from_secs(20))
                .pool_max_idle_per_host(4),
        )
    };
    match prepared().tls_certs_merge(roots.clone()).build() {
        Ok(client) => Ok(client),
        Err(error) => {
            // A machine without certificates: https reaches only what `extra_roots` vouch for.
            tracing::warn!(%error, "No certificate authorities found on this machine");
            prepared().tls_certs_only(roots).build().map_err(NetError::Setup)
        }
    }
}

fn roots(bundles: &[Vec<u8>]) -> Result<Vec<Certificate>, NetError> {
    let mut roots = Vec::new();
    for bundle in bundles {
        roots.extend(Certificate::from_pem_bundle(bundle).map_err(NetError::Setup)?);
    }
    Ok(roots)
}

/// How many certificates a PEM text holds.
///
/// # Errors
/// What is wrong with it.
pub fn count_certificates(pem: &[u8]) -> Result<usize, NetError> {
    Certificate::from_pem_bundle(pem).map(|found| found.len()).map_err(NetError::Setup)
}
