//! Somebody reported: the moderators here hear of it and, if the reporter agreed, the site where it happened.

use super::Run;
use crate::base::Result;
use crate::base::id::{AccountId, ReportId};
use crate::domain::notifications::Kind;
use crate::domain::notifications::notify::Message;
use crate::domain::{accounts, auth, moderation, organisation};
use crate::federation::outbound;

/// Tells and delivers.
pub async fn run(run: &mut Run<'_>, id: ReportId) -> Result<()> {
    let report = moderation::store::get(run.tx, id).await?;
    let moderators: Vec<AccountId> = auth::store::list_moderators(run.tx).await?;
    for to in moderators.into_iter().filter(|moderator| *moderator != report.target_id) {
        let message =
            Message { to, kind: Kind::AdminReport, from: report.account_id, status: None, report: Some(id) };
        run.notify(message);
    }
    let reporter = accounts::store::get(run.tx, report.account_id).await?;
    let target = accounts::store::get(run.tx, report.target_id).await?;
    if !report.forward || !reporter.is_local() || target.is_local() {
        return Ok(());
    }
    // The site's own actor speaks also to strangers, for the handshake; a report is for those who are spoken to.
    if !organisation::may_speak_to(run.services, run.tx, &target.host).await? {
        return Ok(());
    }
    let mut objects = vec![target.uri.clone()];
    objects.extend(moderation::store::list_snapshots(run.tx, &[id]).await?.into_iter().map(|post| post.uri));
    let letter = outbound::flag(run.services, &report, &objects)?;
    run.deliver(&letter, &[target.delivery_inbox().to_owned()]).await
}
