//! Names to addresses, of which only those pass that the policy allows.
//!
//! The connection is made to an address that was checked here; there is no second look-up that
//! could bring another one.

use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::policy::{NetPolicy, Reach, Refusal};

/// Resolves for one kind of URL.
pub(super) struct GuardedResolver {
    pub(super) policy: Arc<NetPolicy>,
    pub(super) reach: Reach,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (policy, reach) = (Arc::clone(&self.policy), self.reach);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let passed: Vec<SocketAddr> =
                found.filter(|found| policy.check_address(found.ip(), reach).is_ok()).collect();
            if passed.is_empty() {
                return Err(Refusal::NoAddress(name.as_str().to_owned()).into());
            }
            Ok(Box::new(passed.into_iter()) as Addrs)
        })
    }
}
