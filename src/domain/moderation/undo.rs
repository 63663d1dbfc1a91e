//! Undoing an action of a moderator: by another row of the log, which names it.

use super::act::{Desk, Subject, forget_people_after_commit};
use super::model::{Action, ActionKind};
use super::rules::{check_remark, require_moderator};
use super::store;
use crate::base::id::{AccountId, ModerationActionId};
use crate::base::{Error, Result};
use crate::domain::{accounts, organisation, statuses};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Takes an action back; a reason may be given. Doing it twice is the same as doing it once: the second call returns
/// the row of the first.
///
/// # Errors
/// [`Error::Forbidden`] if `moderator` may not; [`Error::NotFound`] without such an action; [`Error::Conflict`] for an
/// action that undoes another: do that one again instead.
pub async fn undo(
    services: &Services,
    moderator: AccountId,
    action: ModerationActionId,
    remark: &str,
) -> Result<ModerationActionId> {
    let mut tx = services.db.begin().await?;
    let role = require_moderator(&mut tx, moderator).await?;
    let reason = check_remark(remark)?;
    let action = store::get_action(&mut tx, action).await?;
    if action.kind == ActionKind::Undo {
        return Err(Error::conflict("this is the end of an earlier action; to go back, act again"));
    }
    if let Some(known) = store::find_undo(&mut tx, action.id).await? {
        return Ok(known);
    }
    let desk = Desk { services, moderator, role, reason, report: action.report_id, resolve: false };
    if let Some(person) = action.account_id {
        desk.require_over(&mut tx, person).await?;
    }
    take_back(services, &mut tx, &action).await?;
    let subject = Subject { account: action.account_id, status: action.status_id, host: action.host.clone() };
    let id = desk.write(&mut tx, ActionKind::Undo, subject, Some(action.id)).await?;
    tx.commit().await?;
    Ok(id)
}

/// What is gone meanwhile (a post that its author deleted) needs no taking back.
async fn take_back(services: &Services, tx: &mut Tx, action: &Action) -> Result<()> {
    match (action.kind, action.status_id, action.account_id, action.host.as_deref(), action.report_id) {
        (ActionKind::RemovePost, Some(status), ..) => {
            statuses::store::update_removed(tx, status, None).await?;
        }
        (ActionKind::LimitPerson, _, Some(person), ..) => {
            accounts::store::update_limited(tx, person, None).await?;
        }
        (ActionKind::SuspendPerson, _, Some(person), ..) => {
            accounts::store::update_suspended(tx, person, None).await?;
            let person = accounts::store::get(tx, person).await?;
            accounts::receive::forget_after_commit(services, tx, &person.uri);
        }
        (ActionKind::BlockSite, _, _, Some(host), _) => {
            if let Some(peer) = organisation::store::find(tx, host).await? {
                organisation::store::update_blocked(tx, peer.id, None, services.clock.now()).await?;
            }
            organisation::known::forget_after_commit(services, tx);
            forget_people_after_commit(services, tx, host);
        }
        (ActionKind::ResolveReport, _, _, _, Some(report)) => {
            store::update_resolved(tx, report, None).await?;
        }
        _ => {}
    }
    Ok(())
}
