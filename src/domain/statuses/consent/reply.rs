//! A reply of this site to a post whose author wants to be asked: it waits, as if for those mentioned only.

use super::super::model::{NewStatus, Status, Visibility};
use super::super::store as statuses;
use super::interaction::{self, Ask};
use super::policy::{self, Act, Facts, Verdict};
use super::store;
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;
use crate::words;

/// How far the consent has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApprovalState {
    /// Waits.
    Pending,
    /// Is where it belongs.
    Accepted,
    /// Stays where it is.
    Rejected,
}

words!(ApprovalState { Pending = "pending", Accepted = "accepted", Rejected = "rejected" });

/// A reply of this site that had to ask.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Approval {
    /// The reply.
    pub status_id: StatusId,
    /// How far the consent has come.
    #[sqlx(try_from = "String")]
    pub state: ApprovalState,
    /// Who sees it once it is allowed.
    #[sqlx(try_from = "String")]
    pub visibility: Visibility,
    /// Id of our request.
    pub request_uri: String,
    /// What says that it is allowed.
    pub stamp_uri: Option<String>,
}

/// Whether a reply of `author` to `parent` has to wait for consent.
///
/// At another site it also waits where it may only because somebody follows somebody: no third site could see
/// that, so the one that is answered gives a stamp.
///
/// # Errors
/// [`crate::base::Error::Forbidden`] if the author of the parent wants no reply of theirs.
pub async fn must_wait(conn: &mut Conn, parent: &Status, author: AccountId) -> Result<bool> {
    let Some(known) = store::find_policy(conn, parent.id).await? else {
        return Ok(false);
    };
    match policy::verdict_of(conn, Some(&known), parent, author, Act::Reply).await? {
        Verdict::Denied => Err(policy::refusal(Act::Reply, Verdict::Denied)),
        Verdict::Manual => Ok(true),
        Verdict::Automatic if parent.local => Ok(false),
        Verdict::Automatic => {
            let mentioned =
                crate::domain::follows::store::list_mentioning(conn, author, &[parent.id]).await?;
            let plain = Facts {
                owner: parent.account_id == author,
                mentioned: !mentioned.is_empty() || parent.in_reply_to_account_id == Some(author),
                uri: accounts::store::get(conn, author).await?.uri,
                ..Facts::default()
            };
            Ok(policy::decide(&known, Act::Reply, parent.visibility, &plain) != Verdict::Automatic)
        }
    }
}

/// Writes a reply that waits: only its author and those mentioned read it, and it counts nowhere.
///
/// # Errors
/// As the database.
pub async fn hold_in(services: &Services, tx: &mut Tx, status: &NewStatus, parent: &Status) -> Result<()> {
    let held = NewStatus { visibility: Visibility::Direct, ..status.clone() };
    if statuses::insert(tx, &held).await?.is_none() {
        return Err(crate::base::Error::conflict("this post exists already"));
    }
    statuses::insert_mentions(tx, held.id, &held.mentions).await?;
    statuses::insert_tags(tx, held.id, &held.tags).await?;
    accounts::store::update_statuses_count(tx, held.account_id, 1, Some(held.created_at));
    statuses::insert_home_entry(tx, held.account_id, held.id).await?;
    let request_uri = format!("{}/reply", status.uri);
    let approval = Approval {
        status_id: status.id,
        state: ApprovalState::Pending,
        visibility: status.visibility,
        request_uri,
        stamp_uri: None,
    };
    store::insert_approval(tx, &approval).await?;
    if parent.local {
        let ask = Ask {
            act: Act::Reply,
            account: status.account_id,
            object_uri: status.uri.clone(),
            request_uri: None,
            note: None,
        };
        interaction::ask_in(services, tx, parent, &ask, Verdict::Manual).await?;
        Ok(())
    } else {
        Event::ReplyHeld { status: status.id }.emit(services, tx).await
    }
}

/// The reply is allowed: it goes where it was meant to go. Doing it twice is the same as doing it once.
///
/// # Errors
/// As the database.
pub async fn publish_in(
    services: &Services,
    tx: &mut Tx,
    status: &Status,
    stamp: Option<&str>,
) -> Result<()> {
    let Some(approval) = store::find_approval(tx, status.id).await? else { return Ok(()) };
    if approval.state == ApprovalState::Accepted {
        return Ok(());
    }
    store::update_approval(tx, status.id, ApprovalState::Accepted, stamp).await?;
    store::update_visibility(tx, status.id, approval.visibility).await?;
    if let Some(parent) = status.in_reply_to_id {
        statuses::update_replies_count(tx, parent, 1);
    }
    let direct = approval.visibility == Visibility::Direct;
    let to = status.in_reply_to_account_id.or(Some(AccountId::default()));
    statuses::insert_home_entries(tx, (status.id, status.id), status.account_id, to, direct);
    Event::StatusCreated { status: status.id }.emit(services, tx).await
}

/// The reply is refused: it stays what it is.
///
/// # Errors
/// As the database.
pub async fn refused_in(tx: &mut Tx, status: &Status) -> Result<()> {
    match store::find_approval(tx, status.id).await? {
        Some(approval) if approval.state == ApprovalState::Pending => {
            store::update_approval(tx, status.id, ApprovalState::Rejected, None).await
        }
        _ => Ok(()),
    }
}

/// Whether a post counts among the replies of what it answers: not if it still waits, or was refused.
///
/// # Errors
/// As the database.
pub async fn counts(conn: &mut Conn, status: &Status) -> Result<bool> {
    if !status.local || status.visibility != Visibility::Direct {
        return Ok(true);
    }
    let approval = store::find_approval(conn, status.id).await?;
    Ok(approval.is_none_or(|approval| approval.state == ApprovalState::Accepted))
}
