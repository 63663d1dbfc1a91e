//! The log: what moderators did, with names.

use std::collections::HashMap;

use super::model::{Action, ActionKind};
use super::rules::require_moderator;
use super::store;
use crate::base::Result;
use crate::base::id::{AccountId, ModerationActionId, StatusId};
use crate::base::page::Page;
use crate::domain::accounts::{self, Account};
use crate::domain::statuses;
use crate::platform::db::Conn;

/// A line of the log.
#[derive(Clone, Debug)]
pub struct ActionView {
    /// What was done, and why.
    pub action: Action,
    /// Who did it, unless the row is gone.
    pub moderator: Option<Account>,
    /// Whom it concerns.
    pub person: Option<Account>,
    /// The page of the post, unless it is gone.
    pub post: Option<String>,
    /// The row that undid it.
    pub undone_by: Option<ModerationActionId>,
}

impl ActionView {
    /// Whether there is something to undo. Whether this moderator may is another question.
    pub fn can_be_undone(&self) -> bool {
        self.undone_by.is_none() && self.action.kind != ActionKind::Undo
    }
}

/// A page of the log, newest first.
///
/// # Errors
/// [`crate::base::Error::Forbidden`] if `moderator` is none.
pub async fn log(conn: &mut Conn, moderator: AccountId, page: Page) -> Result<Vec<ActionView>> {
    require_moderator(conn, moderator).await?;
    let actions = store::list_actions(conn, page).await?;
    views(conn, actions).await
}

pub(super) async fn views(conn: &mut Conn, actions: Vec<Action>) -> Result<Vec<ActionView>> {
    let people: Vec<AccountId> =
        actions.iter().flat_map(|action| [Some(action.moderator_id), action.account_id]).flatten().collect();
    let people: HashMap<AccountId, Account> = accounts::store::list(conn, &people)
        .await?
        .into_iter()
        .map(|account| (account.id, account))
        .collect();
    let posts: Vec<StatusId> = actions.iter().filter_map(|action| action.status_id).collect();
    let posts: HashMap<StatusId, String> =
        statuses::store::list(conn, &posts).await?.into_iter().map(|post| (post.id, post.url)).collect();
    let ids: Vec<i64> = actions.iter().map(|action| action.id.0).collect();
    let undone: HashMap<_, _> = store::list_undone(conn, ids).await?.into_iter().collect();
    Ok(actions
        .into_iter()
        .map(|action| ActionView {
            moderator: people.get(&action.moderator_id).cloned(),
            person: action.account_id.and_then(|id| people.get(&id).cloned()),
            post: action.status_id.and_then(|id| posts.get(&id).cloned()),
            undone_by: undone.get(&action.id).copied(),
            action,
        })
        .collect())
}
