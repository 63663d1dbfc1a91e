//! Reports to the moderators. Source: <https://docs.joinmastodon.org/entities/Report/>

use serde::Serialize;

use super::Account;
use crate::base::id::{ReportId, StatusId};
use crate::domain::{accounts, moderation};
use crate::platform::services::Services;

/// A report.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub id: ReportId,
    pub action_taken: bool,
    pub action_taken_at: Option<String>,
    pub category: &'static str,
    pub comment: String,
    pub forwarded: bool,
    pub created_at: String,
    pub status_ids: Vec<StatusId>,
    pub rule_ids: [(); 0],
    pub target_account: Account,
}

impl Report {
    /// As whoever made it sees it.
    pub fn new(
        services: &Services,
        report: &moderation::Report,
        target: &accounts::Account,
        statuses: Vec<StatusId>,
    ) -> Self {
        Self {
            id: report.id,
            action_taken: report.resolved_at.is_some(),
            action_taken_at: report.resolved_at.map(crate::base::clock::Millis::to_rfc3339),
            category: report.category.word(),
            comment: report.comment.clone(),
            forwarded: report.forward,
            created_at: report.created_at.to_rfc3339(),
            status_ids: statuses,
            rule_ids: [],
            target_account: Account::new(services, target),
        }
    }
}
