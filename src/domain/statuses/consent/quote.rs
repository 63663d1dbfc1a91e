//! A post quotes another: here, or at another site. A quote never widens an audience.

use super::super::model::{NewStatus, Reader, Status, Visibility};
use super::super::{read, store as statuses};
use super::interaction::{self, Ask, InteractionState};
use super::policy::{self, Act, Verdict};
use super::store;
use crate::base::id::{AccountId, StatusId};
use crate::base::origin::host_of_uri;
use crate::base::{Error, Millis, Result};
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;
use crate::words;

/// How far the consent has come. Source: <https://docs.joinmastodon.org/entities/Quote/#state>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteState {
    /// Nobody has said anything yet, or a stamp waits to be verified.
    Pending,
    /// Shown to whoever may read the quoted post.
    Accepted,
    /// The author of the quoted post said no.
    Rejected,
    /// They said yes and took it back.
    Revoked,
    /// Nobody asked them, or the stamp is worth nothing.
    Unauthorized,
}

words!(QuoteState {
    Pending = "pending",
    Accepted = "accepted",
    Rejected = "rejected",
    Revoked = "revoked",
    Unauthorized = "unauthorized",
});

/// What a post quotes.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Quote {
    /// The quoting post.
    pub status_id: StatusId,
    /// The quoted post.
    pub quoted_uri: String,
    /// The quoted post, if it is here.
    pub quoted_id: Option<StatusId>,
    /// How far the consent has come.
    #[sqlx(try_from = "String")]
    pub state: QuoteState,
    /// What says that it is allowed.
    pub stamp_uri: Option<String>,
    /// Id of our request.
    pub request_uri: Option<String>,
    /// When the state changed, or was last verified.
    pub updated_at: Millis,
}

/// What a post of another site says that it quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenQuote {
    /// The quoted post.
    pub uri: String,
    /// What it says allows it.
    pub stamp: Option<String>,
    /// It names it in the words of those who ask nobody.
    pub legacy: bool,
}

/// A post of another site that may quote.
#[derive(Clone, Copy, Debug)]
pub struct Quoting<'a> {
    /// Ours.
    pub id: StatusId,
    /// Its author.
    pub account: AccountId,
    /// Its address.
    pub uri: &'a str,
}

/// The post that `author` wants to quote, if it may be seen and quoted at all.
///
/// # Errors
/// [`Error::NotFound`] if it may not be seen; [`Error::Forbidden`] if it may not be quoted.
pub async fn quotable(
    services: &Services,
    tx: &mut Tx,
    id: StatusId,
    author: AccountId,
) -> Result<(Status, Verdict)> {
    let reader = Reader::Person(author);
    let mut status = read::get_visible(services, tx, id, &reader).await?;
    if let Some(of) = status.reblog_of_id {
        status = read::get_visible(services, tx, of, &reader).await?;
    }
    match policy::verdict(tx, &status, author, Act::Quote).await? {
        Verdict::Denied => Err(policy::refusal(Act::Quote, Verdict::Denied)),
        verdict => Ok((status, verdict)),
    }
}

/// As far as a post may reach that quotes `quoted`: everybody who reads it could read that too.
///
/// # Errors
/// [`Error::Invalid`] where no audience is narrow enough.
pub fn narrowed(wanted: Visibility, quoted: &Status) -> Result<Visibility> {
    match quoted.visibility {
        Visibility::Public | Visibility::Unlisted if wanted != Visibility::Site || quoted.local => Ok(wanted),
        Visibility::Organisation if wanted != Visibility::Site || quoted.local => {
            Ok(wanted.narrower(Visibility::Organisation))
        }
        Visibility::Site if matches!(wanted, Visibility::Private | Visibility::Direct) => Err(
            Error::invalid("visibility", "must be for this site, since what is quoted is for this site only"),
        ),
        Visibility::Site => Ok(Visibility::Site),
        Visibility::Private => Ok(wanted.narrower(Visibility::Private)),
        Visibility::Direct => Err(policy::refusal(Act::Quote, Verdict::Denied)),
        // Its author is asked, so the quote has to leave this site.
        Visibility::Public | Visibility::Unlisted | Visibility::Organisation => Err(Error::invalid(
            "visibility",
            "must leave this site, since the author of what is quoted is asked",
        )),
    }
}

/// Writes that a new post of this site quotes `quoted`, and asks its author.
///
/// # Errors
/// [`Error::Invalid`] for a post to some people that quotes somebody of another site who is not among them.
pub async fn begin_in(
    services: &Services,
    tx: &mut Tx,
    status: &NewStatus,
    (quoted, verdict): &(Status, Verdict),
) -> Result<()> {
    let own = quoted.account_id == status.account_id;
    if status.visibility == Visibility::Direct && !own && !status.mentions.contains(&quoted.account_id) {
        return Err(Error::invalid("status", "must mention the author of what is quoted, who is asked"));
    }
    let mut quote = Quote {
        status_id: status.id,
        quoted_uri: quoted.uri.clone(),
        quoted_id: Some(quoted.id),
        state: if own { QuoteState::Accepted } else { QuoteState::Pending },
        stamp_uri: None,
        request_uri: None,
        updated_at: status.created_at,
    };
    if !own && !quoted.local {
        quote.request_uri = Some(format!("{}/quote", status.uri));
    }
    if !own && quoted.local {
        let ask = Ask {
            act: Act::Quote,
            account: status.account_id,
            object_uri: status.uri.clone(),
            request_uri: None,
            note: None,
        };
        let asked = interaction::ask_in(services, tx, quoted, &ask, *verdict).await?;
        if asked.state == InteractionState::Accepted {
            quote.state = QuoteState::Accepted;
            quote.stamp_uri = Some(stamp_uri(services, tx, quoted, &asked).await?);
        }
    }
    store::upsert_quote(tx, &quote).await
}

/// The address of the stamp for an interaction with a post of this site.
///
/// # Errors
/// As the database.
pub async fn stamp_uri(
    services: &Services,
    conn: &mut Conn,
    target: &Status,
    interaction: &interaction::Interaction,
) -> Result<String> {
    let author = accounts::store::get(conn, target.account_id).await?;
    Ok(format!("{}/{}", services.origin.collection(&author.username, "stamps"), interaction.id))
}

/// Writes what a post of another site quotes. What is shown of it is decided here or, if there is a stamp, once that
/// is verified. Returns whether there is one to verify.
///
/// # Errors
/// As the database.
pub async fn take_in(
    services: &Services,
    tx: &mut Tx,
    status: Quoting<'_>,
    said: Option<&TakenQuote>,
) -> Result<bool> {
    let before = store::find_quote(tx, status.id).await?;
    let Some(said) = said else {
        if let Some(before) = before.filter(|before| before.state == QuoteState::Accepted) {
            store::update_quote(tx, before.status_id, QuoteState::Revoked, None, services.clock.now())
                .await?;
        }
        return Ok(false);
    };
    let same =
        before.as_ref().is_some_and(|before| before.quoted_uri == said.uri && before.stamp_uri == said.stamp);
    if same {
        return Ok(false);
    }
    let quoted = statuses::find_by_uri(tx, &said.uri).await?.filter(|quoted| quoted.reblog_of_id.is_none());
    let was_shown = before.is_some_and(|before| {
        before.quoted_uri == said.uri && matches!(before.state, QuoteState::Accepted | QuoteState::Revoked)
    });
    let (state, stamp_uri) = match &quoted {
        Some(quoted) if quoted.account_id == status.account => (QuoteState::Accepted, None),
        Some(quoted) if quoted.local => decided_here(services, tx, quoted, status).await?,
        _ => decided_elsewhere(said, was_shown),
    };
    let quote = Quote {
        status_id: status.id,
        quoted_uri: said.uri.clone(),
        quoted_id: quoted.map(|quoted| quoted.id),
        state,
        stamp_uri,
        request_uri: None,
        updated_at: services.clock.now(),
    };
    store::upsert_quote(tx, &quote).await?;
    Ok(quote.state == QuoteState::Pending && quote.stamp_uri.is_some())
}

/// What we ourselves said of a quote of a post of this site.
async fn decided_here(
    services: &Services,
    tx: &mut Tx,
    quoted: &Status,
    status: Quoting<'_>,
) -> Result<(QuoteState, Option<String>)> {
    let known = store::find_interaction(tx, Act::Quote, status.uri, status.account).await?;
    let Some(known) = known.filter(|known| known.target_id == quoted.id) else {
        return Ok((QuoteState::Pending, None));
    };
    Ok(match known.state {
        InteractionState::Accepted => {
            (QuoteState::Accepted, Some(stamp_uri(services, tx, quoted, &known).await?))
        }
        InteractionState::Pending => (QuoteState::Pending, None),
        InteractionState::Rejected => (QuoteState::Rejected, None),
        InteractionState::Revoked => (QuoteState::Revoked, None),
    })
}

/// A stamp that does not live where the quoted post lives is worth nothing.
fn decided_elsewhere(said: &TakenQuote, was_shown: bool) -> (QuoteState, Option<String>) {
    match &said.stamp {
        Some(stamp) if host_of_uri(stamp).is_some() && host_of_uri(stamp) == host_of_uri(&said.uri) => {
            (QuoteState::Pending, Some(stamp.clone()))
        }
        Some(stamp) => (QuoteState::Unauthorized, Some(stamp.clone())),
        None if was_shown => (QuoteState::Revoked, None),
        None if said.legacy => (QuoteState::Unauthorized, None),
        None => (QuoteState::Pending, None),
    }
}

/// What came of a quote: the answer to ours, or what a look at a stamp said. Others hear of ours.
///
/// # Errors
/// As the database.
pub async fn settle_in(
    services: &Services,
    tx: &mut Tx,
    status: &Status,
    state: QuoteState,
    stamp: Option<&str>,
) -> Result<()> {
    let Some(before) = store::find_quote(tx, status.id).await? else { return Ok(()) };
    let changed = before.state != state || before.stamp_uri.as_deref() != stamp;
    store::update_quote(tx, status.id, state, stamp, services.clock.now()).await?;
    if changed && before.quoted_id.is_none() {
        let quoted = statuses::find_by_uri(tx, &before.quoted_uri).await?;
        if let Some(quoted) = quoted.filter(|quoted| quoted.reblog_of_id.is_none()) {
            store::update_quoted(tx, status.id, quoted.id).await?;
        }
    }
    if changed && status.local {
        Event::ConsentChanged { status: status.id }.emit(services, tx).await?;
    }
    Ok(())
}

/// Writes what was decided of a quote by a post of another site that came before the question.
///
/// # Errors
/// As the database.
pub async fn decided_in(
    services: &Services,
    tx: &mut Tx,
    quoted: &Status,
    decision: &interaction::Interaction,
    status: &Status,
) -> Result<()> {
    let quote = store::find_quote(tx, status.id).await?;
    if quote.is_none_or(|quote| quote.quoted_id != Some(quoted.id)) {
        return Ok(());
    }
    let stamp = match decision.state {
        InteractionState::Accepted => Some(stamp_uri(services, tx, quoted, decision).await?),
        _ => None,
    };
    settle_in(services, tx, status, interaction::as_quote(decision.state), stamp.as_deref()).await
}

/// Another site took a stamp back. Only who gave it can. `false` if no quote here rests on it.
///
/// # Errors
/// As the database.
pub async fn withdrawn_in(services: &Services, tx: &mut Tx, stamp: &str, by: AccountId) -> Result<bool> {
    let mut found = false;
    for quote in store::list_quotes_by_stamp(tx, stamp).await? {
        let Some(quoted) = quote.quoted_id else { continue };
        if statuses::get(tx, quoted).await?.account_id != by {
            continue;
        }
        let status = statuses::get(tx, quote.status_id).await?;
        settle_in(services, tx, &status, QuoteState::Revoked, None).await?;
        found = true;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_must_live_where_the_quoted_post_lives() {
        let said = |stamp: Option<&str>, legacy| TakenQuote {
            uri: "https://a.example/posts/1".to_owned(),
            stamp: stamp.map(str::to_owned),
            legacy,
        };
        let state = |stamp, legacy, was_shown| decided_elsewhere(&said(stamp, legacy), was_shown).0;

        assert_eq!(state(Some("https://a.example/stamps/1"), false, false), QuoteState::Pending);
        assert_eq!(state(Some("https://b.example/stamps/1"), false, false), QuoteState::Unauthorized);
        assert_eq!(state(Some("a.example"), false, false), QuoteState::Unauthorized);
        assert_eq!(state(None, false, false), QuoteState::Pending);
        assert_eq!(state(None, true, false), QuoteState::Unauthorized);
        assert_eq!(state(None, false, true), QuoteState::Revoked);
    }
}
