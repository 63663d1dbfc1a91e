//! The own account, with what only its owner sees.
//!
//! Source: <https://docs.joinmastodon.org/entities/Account/#CredentialAccount>

use serde::Serialize;

use super::account::{Account, Field};
use super::status::visibility_word;
use crate::base::text;
use crate::domain::accounts;
use crate::domain::auth::{Role as Rank, User};
use crate::domain::statuses::Visibility;
use crate::platform::services::Services;

/// The own account.
#[derive(Clone, Debug, Serialize)]
pub struct CredentialAccount {
    #[serde(flatten)]
    pub account: Account,
    pub source: Source,
    pub role: Role,
}

/// What the owner typed. Source: <https://docs.joinmastodon.org/entities/Account/#source>
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    pub note: String,
    pub fields: Vec<Field>,
    pub privacy: &'static str,
    pub sensitive: bool,
    pub language: Option<String>,
    pub quote_policy: &'static str,
    pub follow_requests_count: i64,
    pub hide_collections: bool,
    pub discoverable: bool,
    pub indexable: bool,
    pub attribution_domains: [(); 0],
}

/// What the owner may do. Source: <https://docs.joinmastodon.org/entities/Role/>
#[derive(Clone, Debug, Serialize)]
pub struct Role {
    pub id: &'static str,
    pub name: &'static str,
    pub permissions: &'static str,
    pub color: &'static str,
    pub highlighted: bool,
}

impl CredentialAccount {
    /// For the owner; `requests`: how many ask to follow.
    pub fn new(services: &Services, account: &accounts::Account, user: &User, requests: i64) -> Self {
        let fields = account.fields().into_iter();
        Self {
            source: Source {
                note: account.note_source.clone(),
                fields: fields
                    .map(|field| Field {
                        name: field.name,
                        value: text::to_plain(&field.value),
                        verified_at: None,
                    })
                    .collect(),
                privacy: default_visibility(user),
                sensitive: user.default_sensitive,
                language: user.default_language.clone(),
                quote_policy: "nobody",
                follow_requests_count: requests,
                hide_collections: false,
                discoverable: account.discoverable,
                indexable: account.indexable,
                attribution_domains: [],
            },
            role: Role::new(user.role),
            account: Account::new(services, account),
        }
    }
}

impl Role {
    /// Permissions as Mastodon numbers them: 1 runs the site, 16 works on reports. -99 is its role of everybody.
    fn new(rank: Rank) -> Self {
        let (id, name, permissions) = match rank {
            Rank::Member => ("-99", "", "0"),
            Rank::Moderator => ("1", "Moderator", "16"),
            Rank::Admin => ("2", "Admin", "1"),
        };
        Self { id, name, permissions, color: "", highlighted: rank.is_moderator() }
    }
}

/// Mastodon's word for how widely the person usually posts.
pub fn default_visibility(user: &User) -> &'static str {
    Visibility::from_word(&user.default_visibility).map_or("public", visibility_word)
}
