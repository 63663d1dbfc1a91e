//! A post came after thousands of its answers: they are joined to it in batches, each a transaction of its own.

use super::Run;
use crate::base::Result;
use crate::base::id::StatusId;
use crate::domain::statuses::write;

/// Joins the next of them; if there may be more, the event is written anew.
pub async fn run(run: &mut Run<'_>, status: StatusId) -> Result<()> {
    write::adopt_more(run.services, run.tx, status).await
}
