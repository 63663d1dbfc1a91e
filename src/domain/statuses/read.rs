//! Reading posts: one, or a set, always asking who reads.

use std::collections::{HashMap, HashSet};

use super::model::{Reader, Status, Ties, Visibility, may_read};
use super::store;
use crate::base::id::{AccountId, StatusId};
use crate::base::{Error, Result};
use crate::domain::{accounts, follows};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// The post, if the reader may read it.
///
/// # Errors
/// [`Error::NotFound`] if it does not exist or may not be read; the two look alike on purpose.
pub async fn get_visible(
    services: &Services,
    conn: &mut Conn,
    id: StatusId,
    reader: &Reader,
) -> Result<Status> {
    let status = store::get(conn, id).await?;
    let visible = retain_visible(services, conn, vec![status], reader).await?;
    visible.into_iter().next().ok_or(Error::not_found("status"))
}

/// Those of the posts that the reader may read, in the same order. A repost is as readable as its post, which
/// must be checked by itself.
pub async fn retain_visible(
    services: &Services,
    conn: &mut Conn,
    statuses: Vec<Status>,
    reader: &Reader,
) -> Result<Vec<Status>> {
    let known = Known::load(services, conn, &statuses, reader).await?;
    Ok(statuses
        .into_iter()
        .filter(|status| may_read(status.visibility, known.ties(status, reader)))
        .collect())
}

/// Facts about a reader and a set of posts, loaded at once.
struct Known {
    hidden: HashSet<AccountId>,
    limited: HashSet<AccountId>,
    blocked: HashSet<AccountId>,
    follows: HashSet<AccountId>,
    mentioned: HashSet<StatusId>,
    local_authors: HashSet<AccountId>,
    open_to_web: bool,
}

impl Known {
    async fn load(
        services: &Services,
        conn: &mut Conn,
        statuses: &[Status],
        reader: &Reader,
    ) -> Result<Self> {
        let authors: HashSet<AccountId> = statuses.iter().map(|status| status.account_id).collect();
        let authors: Vec<AccountId> = authors.into_iter().collect();
        let accounts = accounts::store::list(conn, &authors).await?;
        let mut known = Self {
            hidden: accounts.iter().filter(|account| account.is_hidden()).map(|account| account.id).collect(),
            limited: accounts.iter().filter(|a| a.limited_at.is_some()).map(|account| account.id).collect(),
            local_authors: accounts.iter().filter(|a| a.is_local()).map(|account| account.id).collect(),
            blocked: HashSet::new(),
            follows: HashSet::new(),
            mentioned: HashSet::new(),
            open_to_web: services.config.site.open_to_web,
        };
        let narrow = Narrow::among(statuses, &known.limited, reader);
        match reader {
            Reader::Anonymous => {}
            Reader::Person(person) => {
                known.blocked = follows::store::list_blocked_either_way(conn, *person, &authors).await?;
                known.follows = follows::store::list_followed_among(conn, *person, &narrow.authors).await?;
                known.mentioned = follows::store::list_mentioning(conn, *person, &narrow.ids).await?;
            }
            Reader::Desk { reporter, host, .. } if host.is_empty() => {
                known.follows = follows::store::list_followed_among(conn, *reporter, &narrow.authors).await?;
                known.mentioned = follows::store::list_mentioning(conn, *reporter, &narrow.ids).await?;
            }
            Reader::Site { host, .. } | Reader::Desk { host, .. } => {
                known.follows = follows::store::list_followed_from_host(conn, host, &narrow.authors).await?;
                known.mentioned = follows::store::list_mentioning_host(conn, host, &narrow.ids).await?;
            }
        }
        Ok(known)
    }

    fn ties(&self, status: &Status, reader: &Reader) -> Ties {
        let author = status.account_id;
        if let Reader::Desk { reporter, reported, .. } = reader {
            return Ties {
                owner: author == *reporter || reported.contains(&status.id),
                on_site: true,
                in_organisation: true,
                follows: self.follows.contains(&author),
                mentioned: self.mentioned.contains(&status.id),
                ..Ties::default()
            };
        }
        let person = reader.person();
        let owner = person == Some(author);
        let follows = self.follows.contains(&author);
        let mentioned = self.mentioned.contains(&status.id);
        let member = matches!(reader, Reader::Site { member: true, .. });
        let limited = self.limited.contains(&author) && !owner && !follows && !mentioned && person.is_none();
        Ties {
            owner,
            on_site: person.is_some(),
            in_organisation: person.is_some() || member,
            open: match reader {
                // Posts of other sites are not ours to show to the web.
                Reader::Anonymous => self.open_to_web && self.local_authors.contains(&author),
                Reader::Site { .. } => true,
                Reader::Person(_) | Reader::Desk { .. } => false,
            },
            blocked: self.blocked.contains(&author),
            follows,
            mentioned,
            hidden: self.hidden.contains(&author) || status.removed_at.is_some() || limited,
        }
    }
}

/// The posts of which it matters who follows their author or is named in them. Most are for everybody, and nothing
/// more is asked.
struct Narrow {
    ids: Vec<StatusId>,
    authors: Vec<AccountId>,
}

impl Narrow {
    fn among(statuses: &[Status], limited: &HashSet<AccountId>, reader: &Reader) -> Self {
        let member = matches!(reader, Reader::Site { member: true, .. } | Reader::Person(_));
        let is_narrow = |status: &&Status| match status.visibility {
            _ if limited.contains(&status.account_id) => true,
            Visibility::Private | Visibility::Direct => true,
            Visibility::Organisation => !member,
            Visibility::Public | Visibility::Unlisted | Visibility::Site => false,
        };
        let narrow: Vec<&Status> = statuses.iter().filter(is_narrow).collect();
        let authors: HashSet<AccountId> = narrow.iter().map(|status| status.account_id).collect();
        Self { ids: narrow.iter().map(|status| status.id).collect(), authors: authors.into_iter().collect() }
    }
}

/// Puts posts into the order of `ids` and leaves out those that are not among them.
pub fn in_order(statuses: Vec<Status>, ids: &[StatusId]) -> Vec<Status> {
    let mut by_id: HashMap<StatusId, Status> =
        statuses.into_iter().map(|status| (status.id, status)).collect();
    ids.iter().filter_map(|id| by_id.remove(id)).collect()
}
