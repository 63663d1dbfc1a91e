//! Accounts. Source: <https://docs.joinmastodon.org/entities/Account/>

use serde::Serialize;

use super::picture;
use crate::base::id::AccountId;
use crate::domain::accounts::{self, Kind};
use crate::platform::services::Services;

/// A person or program.
#[derive(Clone, Debug, Serialize)]
pub struct Account {
    pub id: AccountId,
    pub username: String,
    pub acct: String,
    pub display_name: String,
    pub locked: bool,
    pub bot: bool,
    pub discoverable: bool,
    pub indexable: bool,
    pub group: bool,
    pub created_at: String,
    pub note: String,
    pub url: String,
    pub uri: String,
    pub avatar: String,
    pub avatar_static: String,
    pub avatar_description: String,
    pub header: String,
    pub header_static: String,
    pub header_description: String,
    pub followers_count: i64,
    pub following_count: i64,
    pub statuses_count: i64,
    pub last_status_at: Option<String>,
    pub hide_collections: bool,
    pub noindex: bool,
    pub memorial: bool,
    pub suspended: bool,
    pub limited: bool,
    pub moved: Option<Box<Account>>,
    pub emojis: [(); 0],
    pub roles: [(); 0],
    pub fields: Vec<Field>,
}

/// A line of a profile. Source: <https://docs.joinmastodon.org/entities/Account/#Field>
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    pub name: String,
    pub value: String,
    pub verified_at: Option<String>,
}

impl Account {
    /// As everybody at `origin` sees it. Of somebody suspended or gone only the name is left.
    pub fn new(services: &Services, account: &accounts::Account) -> Self {
        let hidden = account.is_hidden();
        let or_nothing = |text: &str| if hidden { String::new() } else { text.to_owned() };
        let (avatar, header) = (picture::avatar(services, account), picture::header(services, account));
        let fields = account.fields().into_iter().filter(|_| !hidden);
        Self {
            id: account.id,
            username: account.username.clone(),
            acct: account.acct(),
            display_name: or_nothing(&account.display_name),
            locked: account.locked,
            bot: matches!(account.kind, Kind::Service | Kind::Application),
            discoverable: account.discoverable,
            indexable: account.indexable,
            group: account.kind == Kind::Group,
            created_at: account.created_at.to_rfc3339(),
            note: or_nothing(&account.note),
            url: account.url.clone(),
            uri: account.uri.clone(),
            avatar_static: avatar.clone(),
            avatar,
            avatar_description: String::new(),
            header_static: header.clone(),
            header,
            header_description: String::new(),
            followers_count: account.followers_count,
            following_count: account.following_count,
            statuses_count: account.statuses_count,
            last_status_at: account.last_status_at.map(crate::base::clock::Millis::to_date),
            hide_collections: false,
            noindex: true,
            memorial: false,
            suspended: hidden,
            limited: account.limited_at.is_some(),
            moved: None,
            emojis: [],
            roles: [],
            fields: fields
                .map(|field| Field { name: field.name, value: field.value, verified_at: None })
                .collect(),
        }
    }
}

/// Somebody muted. Source: <https://docs.joinmastodon.org/entities/Account/#MutedAccount>
#[derive(Clone, Debug, Serialize)]
pub struct MutedAccount {
    #[serde(flatten)]
    pub account: Account,
    pub mute_expires_at: Option<String>,
}
