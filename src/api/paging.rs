//! Pages of lists, and the `Link` header that leads to the next one.
//!
//! Source: <https://docs.joinmastodon.org/api/guidelines/#pagination>

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;
use url::form_urlencoded;

use super::error::ApiError;
use super::params::{blank_is_none, read_query};
use crate::base::page::Page;
use crate::platform::services::Services;

/// Which page a request asks for, and from where.
#[derive(Debug)]
pub struct Paging {
    wanted: Wanted,
    path: String,
    /// The other parameters, which the next page needs as well.
    rest: Vec<(String, String)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    #[serde(deserialize_with = "blank_is_none")]
    max_id: Option<i64>,
    #[serde(deserialize_with = "blank_is_none")]
    since_id: Option<i64>,
    #[serde(deserialize_with = "blank_is_none")]
    min_id: Option<i64>,
    #[serde(deserialize_with = "blank_is_none")]
    limit: Option<i64>,
}

/// How long a list is if nothing is said, and at most.
#[derive(Clone, Copy, Debug)]
pub struct Length {
    usual: i64,
    most: i64,
}

/// Posts.
pub const STATUSES: Length = Length { usual: 20, most: 40 };
/// Accounts and notifications.
pub const ACCOUNTS: Length = Length { usual: 40, most: 80 };

impl<S: Send + Sync> FromRequestParts<S> for Paging {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let OriginalUri(uri) =
            OriginalUri::from_request_parts(parts, state).await.unwrap_or_else(|never| match never {});
        let query = uri.query().unwrap_or_default();
        let rest = form_urlencoded::parse(query.as_bytes())
            .filter(|(name, _)| !matches!(name.as_ref(), "max_id" | "since_id" | "min_id"))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        Ok(Self { wanted: read_query(query)?, path: uri.path().to_owned(), rest })
    }
}

impl Paging {
    /// A page of a list that is sorted by identifier.
    pub fn page(&self, length: Length) -> Page {
        Page {
            max_id: self.wanted.max_id,
            since_id: self.wanted.since_id,
            min_id: self.wanted.min_id,
            limit: self.limit(length),
        }
    }

    /// A page of a list that is sorted otherwise: how many at most, and how many are passed over.
    ///
    /// The place stands in `max_id`: for clients it is a mark without meaning.
    pub fn offset(&self, length: Length) -> (i64, i64) {
        (self.limit(length), self.wanted.max_id.unwrap_or(0).max(0))
    }

    fn limit(&self, length: Length) -> i64 {
        self.wanted.limit.unwrap_or(length.usual).clamp(1, length.most)
    }

    /// Links to the pages beside this one, whose newest and oldest identifiers are given.
    pub fn links(&self, services: &Services, span: Option<(i64, i64)>) -> HeaderMap {
        match span {
            Some((newest, oldest)) => {
                self.header(services, &[("next", "max_id", oldest), ("prev", "min_id", newest)])
            }
            None => HeaderMap::new(),
        }
    }

    /// A link to the page after this one, which had `count` items, of a list that is sorted otherwise.
    pub fn next_link(&self, services: &Services, length: Length, count: usize) -> HeaderMap {
        let (limit, offset) = self.offset(length);
        if (count as i64) < limit {
            return HeaderMap::new();
        }
        self.header(services, &[("next", "max_id", offset + limit)])
    }

    fn header(&self, services: &Services, links: &[(&str, &str, i64)]) -> HeaderMap {
        let links: Vec<String> = links
            .iter()
            .map(|(relation, name, id)| {
                let mut query = form_urlencoded::Serializer::new(String::new());
                query.extend_pairs(&self.rest).append_pair(name, &id.to_string());
                let address = services.origin.at(&format!("{}?{}", self.path, query.finish()));
                format!("<{address}>; rel=\"{relation}\"")
            })
            .collect();
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_str(&links.join(", ")) {
            headers.insert(header::LINK, value);
        }
        headers
    }
}
