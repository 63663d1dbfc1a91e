//! The address of a proxy, which may hold a password.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;

use crate::base::secret::{HIDDEN, Secret};

/// The address of an HTTP proxy. It may hold a password, which is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyUrl(Secret<Url>);

impl ProxyUrl {
    /// The address with its password.
    pub fn expose(&self) -> &Url {
        self.0.expose()
    }
}

impl std::str::FromStr for ProxyUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = Url::parse(text.trim()).ok();
        // The text is not repeated: it may hold a password.
        url.filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
            .map(|url| Self(Secret::new(url)))
            .ok_or_else(|| {
                "is not the address of a proxy; write it as in \"http://proxy.example.org:3128\"".to_owned()
            })
    }
}

impl fmt::Display for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.expose().clone();
        // Refused only for addresses that cannot have one.
        if url.password().is_some() && url.set_password(Some("hidden")).is_err() {
            return f.write_str(HIDDEN);
        }
        f.write_str(url.as_str())
    }
}

impl fmt::Debug for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ProxyUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ProxyUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        let url: ProxyUrl = "http://eng:hunter2@proxy.example.org:3128".parse().expect("an address");

        assert_eq!(url.to_string(), "http://eng:hidden@proxy.example.org:3128/");
        assert_eq!(url.expose().password(), Some("hunter2"));
        assert!("proxy.example.org:3128".parse::<ProxyUrl>().is_err());
        assert!("socks5://proxy.example.org".parse::<ProxyUrl>().is_err());
    }
}
