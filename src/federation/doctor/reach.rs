//! From the name to the first answer: name server, guard, connection, certificate, clock.

use std::net::SocketAddr;
use std::time::Duration;

use url::Url;

use super::Visit;
use crate::base::Millis;
use crate::platform::net::{Inspected, Refusal};

/// A certificate that ends sooner than this should have been renewed.
const RENEW_BEFORE: Duration = Duration::from_hours(14 * 24);

/// Clocks that differ by more than this should be set.
const CLOCKS_DIFFER: i64 = 60_000;

impl Visit<'_> {
    /// Whether the site answers at all.
    pub(super) async fn reach(&mut self) -> bool {
        // What is wrong with a proxy is said in detail below.
        let proxied = self.services.http.is_proxied(&self.base).await.unwrap_or_default();
        let Some(addresses) = self.name().await else { return false };
        let Some(address) = self.address(&addresses) else { return false };
        if proxied {
            self.report.skip("connection", "made by the proxy of this site (federation.proxy)");
        } else if !self.connection(&address).await {
            return false;
        }
        let Some(seen) = self.answer(proxied).await else { return false };
        self.clock(seen.date);
        self.node_info(&seen).await;
        true
    }

    async fn name(&mut self) -> Option<Vec<(SocketAddr, Result<(), Refusal>)>> {
        let look = self.services.http.look_up(&self.base);
        let found = self.within(look).await;
        let host = self.base.host_str().unwrap_or_default().to_owned();
        let mend = format!(
            "check the spelling, and ask for the name on this machine with `getent hosts {host}`; whoever runs the name \
             server adds it"
        );
        match found {
            Ok(found) if !found.is_empty() => {
                let mut all: Vec<String> =
                    found.iter().map(|(address, _)| address.ip().to_string()).collect();
                all.dedup();
                self.report.ok("name", &format!("{host} is {}", all.join(", ")));
                Some(found)
            }
            Ok(_) => {
                self.report.fail("name", &format!("{host} has no address"), &mend);
                None
            }
            Err(problem) => {
                self.report.fail("name", &format!("{host} has no address: {problem}"), &mend);
                None
            }
        }
    }

    /// The addresses that may be reached.
    fn address(&mut self, found: &[(SocketAddr, Result<(), Refusal>)]) -> Option<Vec<SocketAddr>> {
        let allowed: Vec<SocketAddr> =
            found.iter().filter(|(_, verdict)| verdict.is_ok()).map(|(address, _)| *address).collect();
        let refused = found.iter().find_map(|(address, verdict)| Some((address, verdict.as_ref().err()?)));
        match (allowed.is_empty(), refused) {
            (true, Some((address, refusal))) => {
                let mend = Refusal::Address(address.ip()).remedy().unwrap_or_default();
                self.report.fail("address", &refusal.to_string(), &mend);
                None
            }
            (true, None) => None,
            (false, Some((address, _))) => {
                let found = format!("{} is skipped, the others may be reached", address.ip());
                self.report.ok("address", &found);
                Some(allowed)
            }
            (false, None) => {
                self.report.ok("address", "may be reached");
                Some(allowed)
            }
        }
    }

    async fn connection(&mut self, addresses: &[SocketAddr]) -> bool {
        let mut problems = Vec::new();
        for address in addresses.iter().take(4) {
            let knock = self.services.http.knock(*address);
            match self.within(knock).await {
                Ok(()) => {
                    self.report.ok("connection", &format!("{address} takes connections"));
                    return true;
                }
                Err(problem) => problems.push(format!("{address}: {problem}")),
            }
        }
        let mend = "check that the site and the web server before it run, and that no firewall stands between; on this \
                    machine: nc -vz followed by host and port";
        self.report.fail("connection", &problems.join("; "), mend);
        false
    }

    /// A first answer, and the certificate that came with it.
    async fn answer(&mut self, proxied: bool) -> Option<Inspected> {
        let url = self.base.join("/.well-known/nodeinfo").ok()?;
        let look = self.services.http.inspect(&url, "application/json");
        let seen = self.within(look).await;
        let seen = match seen {
            Ok(seen) => seen,
            Err(problem) => {
                self.no_answer(&problem, proxied);
                return None;
            }
        };
        self.certificate(seen.certificate_until);
        if seen.status.is_server_error() {
            let found = format!("{url} answers {}", seen.status);
            let mend = "the web server there runs, but Breezeway behind it does not, or is not where it looks for it";
            self.report.fail("answer", &found, mend);
            return None;
        }
        self.report.ok("answer", "the site answers");
        Some(seen)
    }

    fn no_answer(&mut self, problem: &str, proxied: bool) {
        let (low, host) = (problem.to_lowercase(), self.host.clone());
        if !low.contains("certificate") && !low.contains("tls") && !low.contains("handshake") {
            let (what, who) = if proxied { ("through the proxy", "the proxy and ") } else { ("", "") };
            let mend =
                format!("it takes the connection but says nothing {what}: look at the log of {who}the site");
            self.report.fail("answer", problem, &mend);
            return;
        }
        let mend = if low.contains("unknownissuer")
            || low.contains("self-signed")
            || low.contains("selfsigned")
        {
            "its authority is not known here; name its certificate, and start again:\n[federation]\nca_files = [\"/etc/ssl/example-root.pem\"]"
                .to_owned()
        } else if low.contains("expired") {
            "the certificate has ended; it must be renewed there".to_owned()
        } else if low.contains("not valid for name") {
            format!("the certificate is for another name; the web server there needs one for {host}")
        } else {
            format!("look at it on this machine: openssl s_client -connect {host} -servername {host}")
        };
        self.report.fail("certificate", problem, &mend);
    }

    fn certificate(&mut self, until: Option<Millis>) {
        let Some(until) = until else {
            let why = if self.base.scheme() == "http" {
                "plain http, which the configuration allows towards this network"
            } else {
                "trusted; its end cannot be read"
            };
            return self.report.skip("certificate", why);
        };
        let now = self.now();
        let days = (until.0 - now.0) / 86_400_000;
        let found = format!("trusted, valid until {} ({days} days)", until.to_date());
        if until < now + RENEW_BEFORE {
            self.report.warn("certificate", &found, "it must be renewed there soon");
        } else {
            self.report.ok("certificate", &found);
        }
    }

    fn clock(&mut self, date: Option<Millis>) {
        let Some(date) = date else {
            return self.report.skip("clock", "the site does not say what time it has");
        };
        let apart = date.0 - self.now().0;
        let allowed =
            i64::try_from(self.services.config.federation.clock_skew.as_millis()).unwrap_or(i64::MAX);
        let way = if apart > 0 { "ahead of" } else { "behind" };
        let found = format!("its clock is {} s {way} ours", apart.abs() / 1000);
        let mend = "set the clocks of both machines by the network (timedatectl set-ntp true); signatures carry the time";
        if apart.abs() > allowed {
            self.report.fail("clock", &found, mend);
        } else if apart.abs() > CLOCKS_DIFFER {
            self.report.warn("clock", &found, mend);
        } else {
            self.report.ok("clock", "as ours");
        }
    }

    /// An address on the site, from what it says itself.
    pub(super) fn own_url(&self, text: &str) -> Option<Url> {
        let url = Url::parse(text).ok()?;
        (super::host_of(&url).as_deref() == Some(self.host.as_str())).then_some(url)
    }
}
