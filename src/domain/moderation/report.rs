//! Somebody of this site reports a person or posts.

use super::model::{NewReport, Report, Snapshot};
use super::store;
use crate::base::id::{AccountId, ReportId};
use crate::base::text::to_plain;
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::domain::statuses::{self, Reader, Status, read};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Longest comment, in characters, as Mastodon.
pub const COMMENT_MAX: usize = 1_000;

/// Most posts in one report.
pub(super) const STATUSES_MAX: usize = 20;

/// Reports to the moderators of this site, and to those of the other one if the reporter agreed. The same report
/// again, while the first one is open, is the first one.
///
/// # Errors
/// [`Error::NotFound`] without such a person, or for a post that is not theirs or that the reporter may not read;
/// [`Error::Forbidden`] for oneself; [`Error::Invalid`] for a comment that is too long.
///
/// Source: <https://docs.joinmastodon.org/methods/reports/#post>
pub async fn report(services: &Services, reporter: AccountId, new: NewReport) -> Result<Report> {
    if new.target == reporter {
        return Err(Error::forbidden("nobody can report themselves"));
    }
    let comment = new.comment.trim();
    if comment.chars().count() > COMMENT_MAX {
        return Err(Error::invalid("comment", format!("must have at most {COMMENT_MAX} characters")));
    }
    if new.statuses.len() > STATUSES_MAX {
        return Err(Error::invalid("status_ids", format!("must be at most {STATUSES_MAX}")));
    }
    let mut tx = services.db.begin().await?;
    let target = accounts::store::get(&mut tx, new.target).await?;
    if target.id.0 <= 0 || target.deleted_at.is_some() {
        return Err(Error::not_found("account"));
    }
    let posts = posts_of(services, &mut tx, reporter, &new).await?;
    if let Some(known) = find_same(&mut tx, reporter, &new, comment).await? {
        return Ok(known);
    }
    let id: ReportId = services.ids.next();
    let report = Report {
        id,
        account_id: reporter,
        target_id: target.id,
        comment: comment.to_owned(),
        category: new.category,
        uri: services.origin.activity(id.0),
        forward: new.forward && !target.is_local(),
        created_at: services.clock.now(),
        resolved_at: None,
        resolved_by: None,
    };
    insert_in(services, &mut tx, &report, &posts).await?;
    tx.commit().await?;
    Ok(report)
}

/// Writes a report with the words of its posts. `false`, and nothing changed, if its address is known.
pub(super) async fn insert_in(
    services: &Services,
    tx: &mut Tx,
    report: &Report,
    posts: &[Status],
) -> Result<bool> {
    if !store::insert(tx, report).await? {
        return Ok(false);
    }
    for post in posts {
        let snapshot = Snapshot {
            report_id: report.id,
            status_id: post.id,
            uri: post.uri.clone(),
            content: words_of(post),
        };
        store::insert_snapshot(tx, &snapshot).await?;
    }
    Event::ReportCreated { report: report.id }.emit(services, tx).await?;
    Ok(true)
}

/// What a post says, with its content warning, as plain text.
fn words_of(post: &Status) -> String {
    let plain = to_plain(&post.content);
    if post.spoiler_text.is_empty() { plain } else { format!("{}\n\n{plain}", post.spoiler_text) }
}

async fn posts_of(
    services: &Services,
    tx: &mut Tx,
    reporter: AccountId,
    new: &NewReport,
) -> Result<Vec<Status>> {
    let mut wanted = new.statuses.clone();
    wanted.sort_unstable();
    wanted.dedup();
    let posts = statuses::store::list(tx, &wanted).await?;
    let posts = read::retain_visible(services, tx, posts, &Reader::Person(reporter)).await?;
    if posts.len() != wanted.len() || posts.iter().any(|post| post.account_id != new.target) {
        return Err(Error::not_found("status"));
    }
    Ok(posts)
}

async fn find_same(
    tx: &mut Tx,
    reporter: AccountId,
    new: &NewReport,
    comment: &str,
) -> Result<Option<Report>> {
    for report in store::list_open_of(tx, reporter, new.target).await? {
        let mut known: Vec<_> =
            store::list_snapshots(tx, &[report.id]).await?.into_iter().map(|post| post.status_id).collect();
        let mut wanted = new.statuses.clone();
        known.sort_unstable();
        wanted.sort_unstable();
        wanted.dedup();
        if known == wanted && report.comment == comment && report.category == new.category {
            return Ok(Some(report));
        }
    }
    Ok(None)
}
