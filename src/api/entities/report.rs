//! Reports to the moderators. Source: <https://docs.joinmastodon.org/entities/Report/>

use serde::Serialize;

use super::Account;
use crate::base::id::{ReportId, StatusId};

/// A report.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub id: ReportId,
    pub action_taken: bool,
    pub action_taken_at: Option<String>,
    pub category: String,
    pub comment: String,
    pub forwarded: bool,
    pub created_at: String,
    pub status_ids: Vec<StatusId>,
    pub rule_ids: Vec<String>,
    pub target_account: Account,
}
