//! Reports to the moderators. Source: <https://docs.joinmastodon.org/methods/reports/>

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;

use super::entities::Report;
use super::error::ApiResult;
use super::params::Params;
use super::viewer::Viewer;
use crate::base::Error;
use crate::base::id::{AccountId, StatusId};
use crate::domain::accounts;
use crate::domain::auth::Scope;
use crate::domain::moderation::{Category, NewReport, report};
use crate::platform::limiter::Purpose;
use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new().route("/api/v1/reports", post(create))
}

/// What somebody reports.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reported {
    account_id: Option<AccountId>,
    status_ids: Vec<StatusId>,
    comment: String,
    forward: bool,
    category: Option<String>,
    rule_ids: Vec<String>,
}

/// `POST /api/v1/reports` · <https://docs.joinmastodon.org/methods/reports/#post>
async fn create(
    State(services): State<Services>,
    viewer: Viewer,
    Params(reported): Params<Reported>,
) -> ApiResult<Json<Report>> {
    viewer.require(Scope::WriteReports)?;
    services.limiter.check(Purpose::Reports, &viewer.account.id.to_string())?;
    let target = reported.account_id.ok_or(Error::invalid("account_id", "must name whom you report"))?;
    let new = NewReport {
        target,
        statuses: reported.status_ids.clone(),
        comment: reported.comment,
        category: category(reported.category.as_deref(), !reported.rule_ids.is_empty()),
        forward: reported.forward,
    };
    let made = report(&services, viewer.account.id, new).await?;
    let mut conn = services.db.read().await?;
    let target = accounts::store::get(&mut conn, target).await?;
    Ok(Json(Report::new(&services, &made, &target, reported.status_ids)))
}

/// Who names a rule says that it was broken.
fn category(word: Option<&str>, names_rules: bool) -> Category {
    let said = word.and_then(Category::from_word);
    said.unwrap_or(if names_rules { Category::Violation } else { Category::Other })
}
