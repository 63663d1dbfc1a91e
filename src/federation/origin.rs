//! Whose an id is: the origin rule (FEP-fe34). A site speaks for its own origin and no other.
//!
//! The library's `verify_domains_match` compares `Url::domain`, which is none for every IP address,
//! so that all addresses look alike to it (seen in 0.7.0-beta.14). It is called as well, but decides
//! nothing here.

use url::Url;

use crate::base::{self, Error, Result};

/// The host of a site as it is kept and compared, as in `sales.example` or `127.0.0.2:4105`. None for what is
/// no site, and for an address with a name or password in it: two spellings would be two ids of one thing.
pub fn host_of(url: &Url) -> Option<String> {
    let host = base::origin::host_of(url);
    let plain = url.username().is_empty() && url.password().is_none();
    (plain && matches!(url.scheme(), "https" | "http") && !host.is_empty()).then_some(host)
}

/// Whether `a` and `b` belong to the same site: scheme, host and port alike.
pub fn same_origin(a: &Url, b: &Url) -> bool {
    a.scheme() == b.scheme() && host_of(a).is_some_and(|host| host_of(b) == Some(host))
}

/// Refuses an id that another site has no right to speak for.
pub fn require_same_origin(field: &'static str, id: &Url, owner: &Url) -> Result<()> {
    if same_origin(id, owner) {
        Ok(())
    } else {
        Err(Error::invalid(field, format!("{id} is not of the same site as {owner}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    #[test]
    fn a_host_has_one_spelling() {
        let table = [
            ("https://Sales.Example/users/ann", Some("sales.example")),
            ("https://sales.example.:443/", Some("sales.example")),
            ("http://127.0.0.2:4105/", Some("127.0.0.2:4105")),
            ("https://[::1]:8443/", Some("[::1]:8443")),
            ("https://münchen.example/", Some("xn--mnchen-3ya.example")),
            ("acct:ann@sales.example", None),
            ("https://./", None),
            ("https://ann:secret@sales.example/", None),
            ("https://ann@sales.example/", None),
        ];
        for (text, host) in table {
            assert_eq!(Url::parse(text).ok().as_ref().and_then(host_of).as_deref(), host, "{text}");
        }
    }

    #[test]
    fn addresses_are_told_apart() {
        // The library's own comparison takes these two for the same.
        let (a, b) = (url("http://127.0.0.2:4105/a"), url("http://127.0.0.3:4105/a"));
        assert!(activitypub_federation::protocol::verification::verify_domains_match(&a, &b).is_ok());

        assert!(!same_origin(&a, &b));
        assert!(!same_origin(&a, &url("http://127.0.0.2:4106/a")));
        assert!(!same_origin(&a, &url("https://127.0.0.2:4105/a")));
        assert!(same_origin(&a, &url("http://127.0.0.2:4105/b")));
    }

    #[test]
    fn what_is_no_site_has_no_origin() {
        assert!(!same_origin(&url("acct:ann@a.example"), &url("acct:ann@a.example")));
    }
}
