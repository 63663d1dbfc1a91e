//! What open pages are told after the commit. Nothing is asked of the database while nobody ever listened.

use std::sync::Arc;

use super::Run;
use crate::base::Result;
use crate::base::id::StatusId;
use crate::domain::statuses::{self, Status, Visibility};
use crate::platform::hub::News;

/// A post came: into homes, into the timelines of all, into its conversation.
pub async fn came(run: &mut Run<'_>, status: &Status) -> Result<()> {
    if let Some(parent) = status.in_reply_to_id {
        counted(run, parent);
        run.tell(News::Thread { conversation: status.conversation_id.0, status: status.id.0 });
    }
    if is_for_many(status) {
        let organisation = status.visibility != Visibility::Site;
        run.tell(News::Posted { status: status.id.0, local: status.local, organisation });
    }
    if !run.services.hub.is_heard() {
        return Ok(());
    }
    let homes = statuses::store::list_homes_of(run.tx, status.id).await?;
    let mut accounts: Vec<i64> = homes.into_iter().map(|account| account.0).collect();
    if !accounts.is_empty() {
        accounts.sort_unstable();
        run.tell(News::Home { accounts: Arc::from(accounts), status: status.id.0 });
    }
    Ok(())
}

/// As the timelines of the site and of the organisation have it: no reposts, and answers only to oneself.
fn is_for_many(status: &Status) -> bool {
    let wide = matches!(status.visibility, Visibility::Public | Visibility::Organisation | Visibility::Site);
    let answers =
        status.in_reply_to_uri.is_some() && status.in_reply_to_account_id != Some(status.account_id);
    wide && !answers && status.reblog_of_id.is_none()
}

/// A post has other figures.
pub fn counted(run: &mut Run<'_>, status: StatusId) {
    run.tell(News::Counted { status: status.0 });
}

/// A post reads differently.
pub fn changed(run: &mut Run<'_>, status: StatusId) {
    run.tell(News::Changed { status: status.0 });
}

/// A post is gone.
pub fn gone(run: &mut Run<'_>, status: StatusId) {
    run.tell(News::Gone { status: status.0 });
}
