//! By whom, where and when: what the first of many found posts have in common, to narrow the search by.

use std::collections::{BTreeMap, HashMap};

use super::query::month_of;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::accounts::{self, Account};
use crate::domain::statuses::Status;
use crate::platform::db::Conn;

/// How many found posts are counted.
pub const COUNTED: usize = 500;
/// The most people, sites and months that are named.
const NAMED: usize = 6;

/// Counts of found posts.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    /// Who wrote most of them, by name.
    pub authors: Vec<(Account, usize)>,
    /// Where they were written, by host; empty: here. Most first.
    pub sites: Vec<(String, usize)>,
    /// When, as in `2026-11`, newest first.
    pub months: Vec<(String, usize)>,
}

/// Counts them.
///
/// # Errors
/// As the database.
pub async fn facets(conn: &mut Conn, found: &[Status]) -> Result<Facets> {
    let mut authors: HashMap<AccountId, usize> = HashMap::new();
    let mut months: BTreeMap<String, usize> = BTreeMap::new();
    for status in found {
        *authors.entry(status.account_id).or_default() += 1;
        *months.entry(month_of(status.created_at)).or_default() += 1;
    }
    let ids: Vec<AccountId> = authors.keys().copied().collect();
    let accounts = accounts::store::list(conn, &ids).await?;
    let mut sites: BTreeMap<String, usize> = BTreeMap::new();
    for account in &accounts {
        *sites.entry(account.host.clone()).or_default() += authors[&account.id];
    }
    let mut authors: Vec<(Account, usize)> = accounts
        .into_iter()
        .map(|account| (authors[&account.id], account))
        .map(|(count, it)| (it, count))
        .collect();
    authors.sort_by(|(left, count), (right, other)| other.cmp(count).then(left.id.cmp(&right.id)));
    authors.truncate(NAMED);
    // No ranking of people: by name.
    authors.sort_by_key(|(account, _)| (account.name().to_lowercase(), account.id));
    let mut sites: Vec<(String, usize)> = sites.into_iter().collect();
    sites.sort_by(|(left, count), (right, other)| other.cmp(count).then(left.cmp(right)));
    sites.truncate(NAMED);
    Ok(Facets { authors, sites, months: months.into_iter().rev().take(NAMED).collect() })
}
