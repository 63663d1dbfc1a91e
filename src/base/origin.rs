//! Where a site stands: its public address, and the addresses of what lives there.

use url::Url;

use super::id::{AccountId, StatusId};

/// The public address of this site. Every id that the site gives away begins with it; it never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    base: String,
    host: String,
}

impl Origin {
    /// From the public base URL, as in `https://sales.example.org` or `http://127.0.0.2:4105`.
    pub fn new(url: &Url) -> Self {
        let host = host_of(url);
        Self { base: format!("{}://{host}", url.scheme()), host }
    }

    /// Scheme and host without a slash at the end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The host, with the port if it is not the scheme's own; the second half of handles.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether the address begins with ours.
    pub fn owns(&self, uri: &str) -> bool {
        uri.strip_prefix(&self.base).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }

    /// An address on this site; `path` begins with a slash.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The site's own actor.
    pub fn instance_actor(&self) -> String {
        self.at("/actor")
    }

    /// The inbox that all people of this site share.
    pub fn shared_inbox(&self) -> String {
        self.at("/inbox")
    }

    /// The collection that stands for "everybody in the organisation" as an audience.
    pub fn organisation(&self) -> String {
        self.at("/organisation")
    }

    /// A person's ActivityPub id.
    pub fn actor(&self, username: &str) -> String {
        self.at(&format!("/users/{username}"))
    }

    /// A person's page.
    pub fn profile(&self, username: &str) -> String {
        self.at(&format!("/@{username}"))
    }

    /// A post's ActivityPub id.
    pub fn status(&self, username: &str, id: StatusId) -> String {
        self.at(&format!("/users/{username}/statuses/{id}"))
    }

    /// A post's page.
    pub fn status_page(&self, username: &str, id: StatusId) -> String {
        self.at(&format!("/@{username}/{id}"))
    }

    /// The collection of a thread that began here with this post.
    pub fn thread(&self, root: StatusId) -> String {
        self.at(&format!("/contexts/{root}"))
    }

    /// A new activity's id, from a fresh number: an id is never used twice, since receivers remember them.
    pub fn activity(&self, number: i64) -> String {
        self.at(&format!("/activities/{number}"))
    }

    /// The collection of a person, as in `followers`.
    pub fn collection(&self, username: &str, name: &str) -> String {
        self.at(&format!("/users/{username}/{name}"))
    }
}

/// The row of the site's own actor.
pub const INSTANCE_ACTOR: AccountId = AccountId(-99);

/// The host of a URL in its one spelling: lower case, no final dot, with the port if it is not the scheme's own;
/// empty if there is none.
pub fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    match url.port() {
        Some(port) if !host.is_empty() => format!("{host}:{port}"),
        _ => host,
    }
}

/// The host of an address given as text; `None` if it is no http address.
pub fn host_of_uri(uri: &str) -> Option<String> {
    let url = Url::parse(uri).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| host_of(&url)).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_only_looks_like_ours_is_not_ours() {
        let origin = Origin::new(&Url::parse("https://eng.example.org/").expect("url"));

        assert!(origin.owns("https://eng.example.org/users/ann"));
        assert!(!origin.owns("https://eng.example.org.evil.example/users/ann"));
        assert!(!origin.owns("http://eng.example.org/users/ann"));
    }

    #[test]
    fn a_port_belongs_to_the_host() {
        let origin = Origin::new(&Url::parse("http://127.0.0.2:4105").expect("url"));

        assert_eq!(origin.host(), "127.0.0.2:4105");
        assert_eq!(origin.actor("ann"), "http://127.0.0.2:4105/users/ann");
    }
}
