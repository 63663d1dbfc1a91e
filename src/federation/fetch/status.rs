//! Posts of other sites, by id, with what they answer.

use std::time::Duration;

use serde::Deserialize as _;
use url::Url;

use super::{Budget, Document, FetchError, actor, fetcher};
use crate::activitystreams::Note;
use crate::base::id::StatusId;
use crate::domain::statuses::{self, Status, Visibility, threads};
use crate::domain::{accounts, follows};
use crate::federation::gate::{self, Purpose};
use crate::federation::map;
use crate::federation::map::from_note::{Author, Taken};
use crate::federation::origin::require_same_origin;
use crate::federation::welcome::{self, Welcome};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// How far up a thread is read when one of its posts comes in.
const MOST_ANCESTORS: usize = 20;

/// The post with this id, as it is known here; read from its site, with what it answers, if it is not.
pub async fn status(services: &Services, id: &Url, budget: &Budget) -> Result<Status, FetchError> {
    if let Some(known) = known(services, id.as_str()).await? {
        return Ok(known);
    }
    let note = read(services, id, budget).await?;
    take(services, note, budget).await
}

/// Reads a post without taking it in: whether anybody here wants it is for the caller to say.
pub async fn note(services: &Services, id: &Url, budget: &Budget) -> Result<Note, FetchError> {
    read(services, id, budget).await
}

/// How long a post may be on its way.
pub(super) const LATELY: Duration = Duration::from_hours(24);

/// Reads what `in_reply_to` answers and so on, as far as it is not known, the first of the thread first.
/// Gives up quietly: a thread that is not whole is still a thread.
pub async fn ancestors(services: &Services, in_reply_to: &Url, budget: &Budget) {
    let mut missing = Vec::new();
    let mut next = Some(in_reply_to.clone());
    while let Some(id) = next.take() {
        let there = known(services, id.as_str()).await.is_ok_and(|known| known.is_some());
        if there || missing.len() >= MOST_ANCESTORS || services.origin.owns(id.as_str()) {
            break;
        }
        match read(services, &id, budget).await {
            // It will be here in its turn: taken in now, it would stand before what its author wrote earlier.
            Ok(note) if is_on_its_way(services, &note, LATELY).await.unwrap_or(false) => break,
            Ok(note) => {
                next.clone_from(&note.in_reply_to);
                missing.push(note);
            }
            Err(error) => tracing::info!(%id, %error, "The thread above is not whole: {error}"),
        }
    }
    for note in missing.into_iter().rev() {
        let id = note.id.clone();
        if let Err(error) = write(services, &note, Reading::of(budget)).await {
            tracing::info!(%id, %error, "The thread above is not whole: {error}");
        }
    }
}

/// Whether the site of a post is about to deliver it: somebody here followed its author when it was written, and that
/// less than `within` ago. What is older takes its place by its own time, see `write::id_for_remote`.
pub(super) async fn is_on_its_way(
    services: &Services,
    note: &Note,
    within: Duration,
) -> crate::base::Result<bool> {
    let lately = services.clock.now() - within;
    let Some(published) = note.published.filter(|published| *published >= lately) else {
        return Ok(false);
    };
    let mut conn = services.db.read().await?;
    let Some(author) = accounts::store::find_id_by_uri(&mut conn, note.attributed_to.as_str()).await? else {
        return Ok(false);
    };
    follows::store::has_followers_here_since(&mut conn, author, published).await
}

/// Takes in what was fetched, if it is a post, and what it answers.
pub(super) async fn take_document(
    services: &Services,
    document: &Document,
    budget: &Budget,
) -> Result<Status, FetchError> {
    take(services, to_note(document)?, budget).await
}

/// Takes in a post that its own site served, and what it answers.
pub(super) async fn take(services: &Services, note: Note, budget: &Budget) -> Result<Status, FetchError> {
    // The author first: what is left for the thread may be used up by it.
    Box::pin(actor::actor(services, &note.attributed_to, Purpose::Conversation, budget)).await?;
    if let Some(parent) = &note.in_reply_to {
        Box::pin(ancestors(services, parent, budget)).await;
    }
    let reading = Reading { asks_above: true, ..Reading::of(budget) };
    Box::pin(write(services, &note, reading)).await?;
    let written = known(services, note.id.as_str()).await?;
    written.ok_or_else(|| FetchError::Gone(note.id.clone()))
}

async fn read(services: &Services, id: &Url, budget: &Budget) -> Result<Note, FetchError> {
    let host = actor::remote_host(services, id)?;
    gate::check(services, &host, Purpose::Conversation).await?;
    to_note(&fetcher(services).await?.document(id, budget).await?)
}

pub(super) fn to_note(document: &Document) -> Result<Note, FetchError> {
    Note::deserialize(&document.value).map_err(|problem| FetchError::Mistaken {
        url: document.id.clone(),
        problem: format!("not a post: {problem}"),
    })
}

/// How a post is taken in that was read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    budget: &'a Budget,
    /// If what it answers could not be had, it is looked for later.
    asks_above: bool,
    /// Only what somebody here may read: nobody asked for this very post.
    wanted_only: bool,
}

impl<'a> Reading<'a> {
    pub fn of(budget: &'a Budget) -> Self {
        Self { budget, asks_above: false, wanted_only: false }
    }

    pub fn wanted_only(self) -> Self {
        Self { wanted_only: true, ..self }
    }
}

/// Writes it, in nobody's home: nobody sent it. Its row here if it was not there before and may be kept.
pub(super) async fn write(
    services: &Services,
    note: &Note,
    reading: Reading<'_>,
) -> Result<Option<StatusId>, FetchError> {
    require_same_origin("attributedTo", &note.attributed_to, &note.id)?;
    if note.is_vote() {
        return Err(FetchError::Mistaken { url: note.id.clone(), problem: "a vote, no post".to_owned() });
    }
    let author = actor::actor(services, &note.attributed_to, Purpose::Conversation, reading.budget).await?;
    gate::check(services, &author.host, Purpose::Conversation).await?;
    if author.is_hidden() {
        return Err(FetchError::NotAllowed { host: author.host });
    }
    let proved = welcome::is_proved(services, note).await?;
    let mut tx = services.db.begin().await?;
    tx.keep_order().await?;
    let mut taken = map::from_note::read(services, &mut tx, note, &Author::from(&author)).await?;
    taken.place_by_time(services);
    if welcome::reply(services, &mut tx, &taken, None, proved).await? != Welcome::Yes {
        return Err(FetchError::Mistaken {
            url: note.id.clone(),
            problem: "a reply that is not wanted".to_owned(),
        });
    }
    if reading.wanted_only && !has_readers(&mut tx, &taken).await? {
        return Ok(None);
    }
    if !map::from_note::write_found(services, &mut tx, &taken).await? {
        return Ok(None);
    }
    if reading.asks_above {
        threads::ask_above_in(services, &mut tx, &taken.status).await?;
    }
    tx.commit().await?;
    Ok(Some(taken.status.id))
}

/// Whether somebody here may read it: what is for some only is kept only if one of them is here.
async fn has_readers(conn: &mut Conn, taken: &Taken) -> crate::base::Result<bool> {
    match taken.status.visibility {
        _ if taken.names_somebody_here => Ok(true),
        Visibility::Direct => Ok(false),
        Visibility::Private => follows::store::has_followers_here(conn, taken.status.account_id).await,
        _ => Ok(true),
    }
}

async fn known(services: &Services, id: &str) -> Result<Option<Status>, FetchError> {
    Ok(statuses::store::find_by_uri(&mut services.db.read().await?, id).await?)
}
