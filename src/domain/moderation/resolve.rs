//! Being done with a report, and taking it up again.

use super::act::{Desk, Subject};
use super::model::ActionKind;
use super::rules::{check_remark, require_moderator};
use super::{store, undo};
use crate::base::id::{AccountId, ReportId};
use crate::base::{Error, Result};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Closes a report. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::Forbidden`] if `moderator` may not; [`Error::NotFound`] without such a report, or if it is about
/// `moderator`: then it is for others.
pub async fn resolve(
    services: &Services,
    moderator: AccountId,
    report: ReportId,
    remark: &str,
) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let role = require_moderator(&mut tx, moderator).await?;
    let reason = check_remark(remark)?;
    let desk = Desk { services, moderator, role, reason, report: Some(report), resolve: true };
    resolve_in(&desk, &mut tx, report).await?;
    tx.commit().await
}

/// The same inside the transaction of an action.
pub(super) async fn resolve_in(desk: &Desk<'_>, tx: &mut Tx, report: ReportId) -> Result<()> {
    let report = store::get(tx, report).await?;
    if report.target_id == desk.moderator {
        return Err(Error::not_found("report"));
    }
    let now = desk.services.clock.now();
    if store::update_resolved(tx, report.id, Some((now, desk.moderator))).await? {
        let subject = Subject { account: Some(report.target_id), ..Subject::default() };
        desk.write(tx, ActionKind::ResolveReport, subject, None).await?;
    }
    Ok(())
}

/// Takes a closed report up again. Doing it twice is the same as doing it once.
///
/// # Errors
/// As [`resolve`].
pub async fn reopen(services: &Services, moderator: AccountId, report: ReportId, remark: &str) -> Result<()> {
    let mut conn = services.db.read().await?;
    require_moderator(&mut conn, moderator).await?;
    let known = store::get(&mut conn, report).await?;
    let closed = store::find_resolution(&mut conn, report).await?;
    drop(conn);
    match closed {
        Some(action) if known.resolved_at.is_some() => {
            undo::undo(services, moderator, action, remark).await.map(|_| ())
        }
        _ => Ok(()),
    }
}
