//! Notes of other sites as posts: read outside, written inside a transaction.

use url::Url;

use super::{attachment, audience, consent as wire, question, titled};
use crate::activitystreams::object::DocumentKind;
use crate::activitystreams::{Note, limits};
use crate::base::id::AccountId;
use crate::base::text::{clean_line, hashtag_key};
use crate::base::{Error, Millis, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::media::{self, Media};
use crate::domain::statuses::consent::{self, Policy, TakenQuote, quote::Quoting};
use crate::domain::statuses::model::NewStatus;
use crate::domain::statuses::poll::ReceivedPoll;
use crate::domain::statuses::{self, Title, Visibility, threads, write, write_extras};
use crate::federation::fetch;
use crate::federation::gate::{self, Purpose};
use crate::federation::origin::host_of;
use crate::federation::signer::Signer;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// A post of another site, ready to be written.
#[derive(Clone, Debug)]
pub struct Taken {
    pub status: NewStatus,
    pub media: Vec<Media>,
    pub title: Option<Title>,
    pub poll: Option<ReceivedPoll>,
    /// When it was read.
    pub at: Millis,
    /// Somebody of this site is named or addressed.
    pub names_somebody_here: bool,
    /// Who may do what with it.
    pub policy: Policy,
    /// What it quotes.
    pub quote: Option<TakenQuote>,
    /// What the author's site calls the thread.
    pub context: Option<String>,
}

impl Taken {
    /// Takes its place by its own time: it was found, not sent.
    pub fn place_by_time(&mut self, services: &Services) {
        self.status.id = write::id_by_time(services, self.status.created_at);
        for item in &mut self.media {
            item.status_id = Some(self.status.id);
        }
    }
}

/// Who wrote a post elsewhere, as far as reading it asks.
#[derive(Clone, Debug)]
pub struct Author {
    pub id: AccountId,
    pub host: String,
    pub followers_uri: Option<String>,
    pub uri: String,
}

impl From<&Account> for Author {
    fn from(account: &Account) -> Self {
        Self {
            id: account.id,
            host: account.host.clone(),
            followers_uri: account.followers_uri.clone(),
            uri: account.uri.clone(),
        }
    }
}

impl From<&Signer> for Author {
    fn from(signer: &Signer) -> Self {
        Self {
            id: signer.account,
            host: signer.host.clone(),
            followers_uri: signer.followers_uri.clone(),
            uri: signer.actor.clone(),
        }
    }
}

/// Works out what a note comes to here. `author` is who it is attributed to; whether that is true, and
/// whether anybody here wants it, was asked before.
///
/// # Errors
/// [`Error::Invalid`] if it is too long or for nobody.
pub async fn read(services: &Services, conn: &mut Conn, note: &Note, author: &Author) -> Result<Taken> {
    let now = services.clock.now();
    let created_at = note.published.filter(|at| *at <= now).unwrap_or(now);
    let visibility = visibility(services, conn, note, author).await?;
    let parent = match &note.in_reply_to {
        Some(uri) => statuses::store::find_parent(conn, uri.as_str()).await?,
        None => None,
    };
    let named = mentions(services, conn, note, visibility).await?;
    let id = write::id_for_remote(services, created_at);
    let warning = titled::warning(note);
    let status = NewStatus {
        id,
        uri: note.id.to_string(),
        url: note.url.as_ref().unwrap_or(&note.id).to_string(),
        account_id: author.id,
        local: false,
        visibility,
        content: titled::content(note)?,
        source: String::new(),
        source_type: String::new(),
        sensitive: note.sensitive || !warning.is_empty(),
        spoiler_text: warning,
        language: note.language().filter(|language| language.len() <= 12).map(str::to_owned),
        parent,
        in_reply_to_uri: note.in_reply_to.as_ref().map(Url::to_string),
        app_id: None,
        mentions: named.ids,
        tags: tags(note),
        created_at,
    };
    let files = note.attachment.iter().filter(|document| document.kind != DocumentKind::Link);
    let attachments = files.take(limits::ATTACHMENTS).enumerate();
    let media = attachments
        .filter_map(|(position, document)| attachment::from_wire(services, &status, position, document));
    let media = media.collect();
    let policy = wire::policy_from_wire(note, author, visibility);
    let context = note.context.as_ref().filter(|uri| host_of(uri).is_some()).map(Url::to_string);
    Ok(Taken {
        status,
        media,
        title: titled::title(note),
        poll: question::read(note, now),
        at: now,
        names_somebody_here: named.here,
        policy,
        quote: wire::quote_from_wire(note),
        context: context.filter(|uri| uri.len() <= limits::ADDRESS),
    })
}

/// Writes it. `false`, and nothing changed, if it is known already or was deleted before it came.
pub async fn write(services: &Services, tx: &mut Tx, taken: &Taken) -> Result<bool> {
    if !write::insert(services, tx, &taken.status).await? {
        return Ok(false);
    }
    write_rest(services, tx, taken).await?;
    Ok(true)
}

/// The same for what was found: in nobody's home.
pub async fn write_found(services: &Services, tx: &mut Tx, taken: &Taken) -> Result<bool> {
    if !write::insert_found(services, tx, &taken.status).await? {
        return Ok(false);
    }
    write_rest(services, tx, taken).await?;
    Ok(true)
}

async fn write_rest(services: &Services, tx: &mut Tx, taken: &Taken) -> Result<()> {
    for item in &taken.media {
        media::store::insert(tx, item).await?;
    }
    if taken.title.is_some() {
        write_extras::entitle(tx, taken.status.id, taken.title.as_ref()).await?;
    }
    if let Some(poll) = &taken.poll {
        write_extras::take(tx, taken.status.id, poll, taken.at).await?;
    }
    if !taken.policy.is_default() {
        consent::store::write_policy(tx, taken.status.id, &taken.policy).await?;
    }
    if taken.quote.is_some() {
        let status = &taken.status;
        let quoting = Quoting { id: status.id, account: status.account_id, uri: &status.uri };
        write_quote(services, tx, quoting, taken.quote.as_ref()).await?;
    }
    if let Some(uri) = &taken.context {
        threads::note_context_in(tx, &taken.status, uri);
    }
    Ok(())
}

/// Writes what it quotes now; a stamp is verified after the commit.
pub async fn write_quote(
    services: &Services,
    tx: &mut Tx,
    quoting: Quoting<'_>,
    quote: Option<&TakenQuote>,
) -> Result<()> {
    let id = quoting.id;
    if consent::quote::take_in(services, tx, quoting, quote).await? {
        let services = services.clone();
        tx.after_commit(move || fetch::verify_quote_soon(services, id));
    }
    Ok(())
}

async fn visibility(
    services: &Services,
    conn: &mut Conn,
    note: &Note,
    author: &Author,
) -> Result<Visibility> {
    let standing = gate::standing(services, conn, &author.host, Purpose::Conversation).await?;
    let peer = standing.peer.filter(|_| standing.member);
    let organisation = peer.as_ref().and_then(|peer| peer.organisation_uri.as_deref());
    audience::from_wire(&note.to, &note.cc, author.followers_uri.as_deref(), organisation)
        .ok_or(Error::invalid("to", "names nobody"))
}

struct Named {
    ids: Vec<AccountId>,
    here: bool,
}

/// Those named that are known here. What is not for everybody also names those that it is addressed to.
async fn mentions(
    services: &Services,
    conn: &mut Conn,
    note: &Note,
    visibility: Visibility,
) -> Result<Named> {
    let mut uris: Vec<String> =
        note.mentions().take(limits::TAGS).map(|mention| mention.href.to_string()).collect();
    if matches!(visibility, Visibility::Direct | Visibility::Private) {
        let ours = note.to.iter().chain(&note.cc).filter(|id| services.origin.owns(id.as_str()));
        uris.extend(ours.map(Url::to_string));
    }
    let known = accounts::store::list_ids_by_uri(conn, uris).await?;
    let here = known.iter().any(|(id, uri)| id.0 > 0 && services.origin.owns(uri));
    let ids = write::unique(known.into_iter().map(|(id, _)| id).filter(|id| id.0 > 0).collect());
    Ok(Named { ids, here })
}

fn tags(note: &Note) -> Vec<(String, String)> {
    let named = note.hashtags().take(limits::TAGS).map(|tag| tag.name.trim_start_matches('#'));
    named
        .map(|name| (hashtag_key(name), clean_line(name, 200)))
        .filter(|(key, _)| !key.is_empty() && key.len() <= 400 && !key.contains(char::is_whitespace))
        .collect()
}
