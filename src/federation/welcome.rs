//! Whether a reply of another site may stand below what it answers, as the author of that says.

use crate::activitystreams::Note;
use crate::activitystreams::object::AuthorizationKind;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::statuses::consent::policy::verdict_of;
use crate::domain::statuses::consent::{self, Act, Ask, Facts, InteractionState, Policy, Verdict};
use crate::domain::statuses::{self, Status};
use crate::domain::{accounts, follows};
use crate::federation::fetch::{self, Budget, Claim};
use crate::federation::map::from_note::Taken;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// What becomes of the reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Welcome {
    /// It is taken in.
    Yes,
    /// The author is asked first.
    Waits,
    /// It is not taken in.
    No,
}

/// Asks the policy of what is answered, if it has one. A refusal is sent, and a question put, if `note` came from its
/// author and not by a fetch; `proved` is whether it carries a stamp that holds.
///
/// # Errors
/// As the database.
pub async fn reply(
    services: &Services,
    tx: &mut Tx,
    taken: &Taken,
    note: Option<&Note>,
    proved: bool,
) -> Result<Welcome> {
    let Some(parent) = taken.status.parent.filter(|parent| parent.restricted) else {
        return Ok(Welcome::Yes);
    };
    let Some(policy) = consent::store::find_policy(tx, parent.id).await? else { return Ok(Welcome::Yes) };
    if policy.reply.is_none() {
        return Ok(Welcome::Yes);
    }
    let parent = statuses::store::get(tx, parent.id).await?;
    let replier = taken.status.account_id;
    if !parent.local {
        let clear = is_clearly_forbidden(tx, &policy, &parent, replier).await?;
        return Ok(if clear && !proved { Welcome::No } else { Welcome::Yes });
    }
    if let Some(known) = consent::store::find_interaction(tx, Act::Reply, &taken.status.uri, replier).await? {
        return Ok(match known.state {
            InteractionState::Accepted => Welcome::Yes,
            InteractionState::Pending => Welcome::Waits,
            InteractionState::Rejected | InteractionState::Revoked => Welcome::No,
        });
    }
    let verdict = verdict_of(tx, Some(&policy), &parent, replier, Act::Reply).await?;
    if let Some(note) = note {
        let ask = Ask {
            act: Act::Reply,
            account: replier,
            object_uri: taken.status.uri.clone(),
            request_uri: None,
            note: Some(serde_json::to_string(note)?),
        };
        consent::interaction::ask_in(services, tx, &parent, &ask, verdict).await?;
    }
    Ok(match verdict {
        Verdict::Automatic => Welcome::Yes,
        Verdict::Manual => Welcome::Waits,
        Verdict::Denied => Welcome::No,
    })
}

/// Whether the author of another site's post excludes the replier, whoever follows whom there: that we cannot see.
async fn is_clearly_forbidden(
    conn: &mut Conn,
    policy: &Policy,
    parent: &Status,
    replier: AccountId,
) -> Result<bool> {
    let mentioned = follows::store::list_mentioning(conn, replier, &[parent.id]).await?;
    let facts = Facts {
        owner: parent.account_id == replier,
        follows: true,
        followed: true,
        mentioned: !mentioned.is_empty() || parent.in_reply_to_account_id == Some(replier),
        uri: accounts::store::get(conn, replier).await?.uri,
    };
    Ok(consent::policy::decide(policy, Act::Reply, parent.visibility, &facts) == Verdict::Denied)
}

/// Whether a reply to a post of another site carries a stamp of its author that holds. Most carry none.
pub async fn is_proved(services: &Services, note: &Note) -> Result<bool> {
    let (Some(stamp), Some(parent)) = (&note.reply_authorization, &note.in_reply_to) else {
        return Ok(false);
    };
    let mut conn = services.db.read().await?;
    let Some(parent) = statuses::store::find_by_uri(&mut conn, parent.as_str()).await? else {
        return Ok(false);
    };
    if parent.local || consent::store::find_policy(&mut conn, parent.id).await?.is_none() {
        return Ok(false);
    }
    let claim = Claim {
        kind: AuthorizationKind::Reply,
        author: accounts::store::get(&mut conn, parent.account_id).await?.uri,
        object: note.id.to_string(),
        target: parent.uri,
    };
    drop(conn);
    Ok(fetch::stamp(services, stamp, &claim, &Budget::of(4)).await?)
}

/// Refuses a like or a repost of a post of this site that its policy does not simply allow. `true` if it may be.
///
/// # Errors
/// As the database.
pub async fn mark(
    services: &Services,
    tx: &mut Tx,
    status: &Status,
    by: AccountId,
    (act, uri): (Act, &str),
) -> Result<bool> {
    if !status.local || consent::policy::verdict(tx, status, by, act).await? == Verdict::Automatic {
        return Ok(true);
    }
    let ask = Ask { act, account: by, object_uri: uri.to_owned(), request_uri: None, note: None };
    consent::interaction::ask_in(services, tx, status, &ask, Verdict::Denied).await?;
    Ok(false)
}
