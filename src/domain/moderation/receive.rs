//! A report that another site sends: a `Flag`.

use std::time::Duration;

use super::model::{Category, Report};
use super::report::{STATUSES_MAX, insert_in};
use super::store;
use crate::base::Result;
use crate::base::id::{IdMaker, ReportId};
use crate::domain::accounts::{self, Account};
use crate::domain::organisation;
use crate::domain::statuses::{self, Reader};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// What `limits.flags_per_day` counts within.
const DAY: Duration = Duration::from_hours(24);

/// Longest comment of another site, in characters, as Mastodon.
const FLAG_MAX: usize = 5_000;

/// A `Flag`, as it came. That `from` sent it was checked before.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Its id.
    pub uri: String,
    /// The addresses of the person and the posts.
    pub objects: Vec<String>,
    /// Why, as plain text; cut where it is too long.
    pub comment: String,
    /// What it is about, if the other site says so.
    pub category: Category,
}

/// Whether a site handed on as many reports within a day as `limits.flags_per_day` says. Who sends more is not asked
/// to come again: what else it has to say would wait behind them.
///
/// # Errors
/// As the database.
pub async fn is_enough(services: &Services, tx: &mut Tx, host: &str) -> Result<bool> {
    let most = i64::from(services.config.limits.flags_per_day);
    if most == 0 {
        return Ok(false);
    }
    let since: ReportId = IdMaker::floor(services.clock.now() - DAY);
    Ok(store::count_of_site(tx, host, since).await? >= most)
}

/// Takes a report of another site in. `None`, and nothing changed, if it is not about a person of this site, or
/// came before.
///
/// Source: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-flag>
pub async fn flag(services: &Services, tx: &mut Tx, from: &Account, flag: &Flag) -> Result<Option<ReportId>> {
    let ours: Vec<&String> = flag.objects.iter().filter(|uri| services.origin.owns(uri)).collect();
    let mut person = None;
    let mut posts = Vec::new();
    for uri in ours.into_iter().take(STATUSES_MAX + 1) {
        if let Some(account) = accounts::store::find_by_uri(tx, uri).await? {
            person = person.or(Some(account.id));
        } else if let Some(post) = statuses::store::find_by_uri(tx, uri).await? {
            posts.push(post);
        }
    }
    let Some(target) = person.or(posts.first().map(|post| post.account_id)) else { return Ok(None) };
    let target = accounts::store::get(tx, target).await?;
    if !target.is_local() || target.id.0 <= 0 || target.deleted_at.is_some() {
        return Ok(None);
    }
    posts.retain(|post| post.account_id == target.id && post.reblog_of_id.is_none());
    // What the reporting site may not read, it cannot show to our moderators either.
    let member = organisation::store::find(tx, &from.host).await?.is_some_and(|peer| peer.is_member());
    let reader = Reader::Site { host: from.host.clone(), member };
    let posts = statuses::read::retain_visible(services, tx, posts, &reader).await?;
    let report = Report {
        id: services.ids.next(),
        account_id: from.id,
        target_id: target.id,
        comment: flag.comment.trim().chars().take(FLAG_MAX).collect(),
        category: flag.category,
        uri: flag.uri.clone(),
        forward: false,
        created_at: services.clock.now(),
        resolved_at: None,
        resolved_by: None,
    };
    Ok(insert_in(services, tx, &report, &posts).await?.then_some(report.id))
}
