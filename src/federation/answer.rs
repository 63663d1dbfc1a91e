//! Answers to what we asked: whether a post of ours may quote, or a reply of ours may stand below what it answers.

use async_trait::async_trait;
use url::Url;

use super::fetch::{self, Budget};
use super::inbox::{Change, Outcome};
use super::signer::Signer;
use crate::activitystreams::Reference;
use crate::activitystreams::activity::Answered;
use crate::activitystreams::object::AuthorizationKind;
use crate::base::{Error, Result};
use crate::domain::statuses::consent::{self, QuoteState};
use crate::domain::statuses::{self, Status};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// Something of ours that waits for an answer, or had one.
#[derive(Clone, Debug)]
pub struct Asked {
    kind: AuthorizationKind,
    /// Our post.
    status: Status,
    /// The address of what it quotes or answers.
    target: String,
}

/// What an answer is about; none if it is about something else, such as a follow.
///
/// # Errors
/// [`Error::Forbidden`] if the answer is not of the one who was asked.
pub async fn find(
    services: &Services,
    object: &Reference<Answered>,
    signer: &Signer,
) -> Result<Option<Asked>> {
    let mut conn = services.db.read().await?;
    let conn = &mut conn;
    let asked = match object.object() {
        Some(Answered::Follow(_)) => return Ok(None),
        Some(Answered::QuoteRequest(request)) => by_post(conn, request.instrument.id(), true).await?,
        Some(Answered::ReplyRequest(request)) => by_post(conn, request.instrument.id(), false).await?,
        Some(Answered::Other { .. }) | None => match by_request(conn, object.id()).await? {
            Some(asked) => Some(asked),
            None => by_post(conn, object.id(), false).await?,
        },
    };
    let Some((kind, status, target)) = asked else { return Ok(None) };
    let target = statuses::store::get(conn, target).await?;
    if target.account_id != signer.account {
        return Err(Error::forbidden("only who was asked can answer"));
    }
    Ok(Some(Asked { kind, status, target: target.uri }))
}

type Found = (AuthorizationKind, Status, crate::base::id::StatusId);

async fn by_request(conn: &mut Conn, id: &Url) -> Result<Option<Found>> {
    if let Some(quote) = consent::store::find_quote_by_request(conn, id.as_str()).await? {
        let status = statuses::store::get(conn, quote.status_id).await?;
        return Ok(quote.quoted_id.map(|quoted| (AuthorizationKind::Quote, status, quoted)));
    }
    if let Some(approval) = consent::store::find_approval_by_request(conn, id.as_str()).await? {
        let status = statuses::store::get(conn, approval.status_id).await?;
        let parent = status.in_reply_to_id;
        return Ok(parent.map(|parent| (AuthorizationKind::Reply, status, parent)));
    }
    Ok(None)
}

async fn by_post(conn: &mut Conn, id: &Url, quotes: bool) -> Result<Option<Found>> {
    let Some(status) = statuses::store::find_by_uri(conn, id.as_str()).await?.filter(|status| status.local)
    else {
        return Ok(None);
    };
    if quotes {
        let quote = consent::store::find_quote(conn, status.id).await?;
        let quote = quote.filter(|quote| quote.request_uri.is_some());
        let quoted = quote.and_then(|quote| quote.quoted_id);
        return Ok(quoted.map(|quoted| (AuthorizationKind::Quote, status, quoted)));
    }
    let approval = consent::store::find_approval(conn, status.id).await?;
    let parent = approval.and(status.in_reply_to_id);
    Ok(parent.map(|parent| (AuthorizationKind::Reply, status, parent)))
}

impl Asked {
    /// Yes, if the stamp can be had and is one for this; without it no other site would believe us.
    ///
    /// # Errors
    /// [`Error::PeerUnavailable`] if the stamp cannot be read now.
    pub async fn accepted(
        self,
        services: &Services,
        signer: &Signer,
        stamp: Option<&Url>,
    ) -> Result<Settling> {
        let claim = fetch::Claim {
            kind: self.kind,
            author: signer.actor.clone(),
            object: self.status.uri.clone(),
            target: self.target.clone(),
        };
        let proof = match stamp {
            Some(stamp) if fetch::stamp(services, stamp, &claim, &Budget::of(4)).await? => {
                Some(stamp.to_string())
            }
            _ => None,
        };
        let answer = proof.map_or(Answer::Worthless, Answer::Yes);
        Ok(Settling { asked: self, answer })
    }

    /// No.
    pub fn rejected(self) -> Settling {
        Settling { asked: self, answer: Answer::No }
    }
}

#[derive(Clone, Debug)]
enum Answer {
    /// With the address of the stamp.
    Yes(String),
    No,
    /// A yes without a stamp that holds.
    Worthless,
}

/// An answer, ready to be written.
pub struct Settling {
    asked: Asked,
    answer: Answer,
}

#[async_trait]
impl Change for Settling {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let status = statuses::store::get(tx, self.asked.status.id).await?;
        match (self.asked.kind, &self.answer) {
            (_, Answer::Worthless) => return Ok(Outcome::Ignored("the stamp is not one for this")),
            (AuthorizationKind::Quote, Answer::Yes(stamp)) => {
                consent::quote::settle_in(services, tx, &status, QuoteState::Accepted, Some(stamp)).await?;
            }
            (AuthorizationKind::Quote, Answer::No) => {
                let before = consent::store::find_quote(tx, status.id).await?;
                let shown = before.is_some_and(|before| before.state == QuoteState::Accepted);
                let state = if shown { QuoteState::Revoked } else { QuoteState::Rejected };
                consent::quote::settle_in(services, tx, &status, state, None).await?;
            }
            (AuthorizationKind::Reply, Answer::Yes(stamp)) => {
                consent::reply::publish_in(services, tx, &status, Some(stamp)).await?;
            }
            (AuthorizationKind::Reply, Answer::No) => consent::reply::refused_in(tx, &status).await?,
        }
        Ok(Outcome::Done)
    }
}
