//! Somebody elsewhere edited a post or changed the own profile.

use activitypub_federation::config::Data;
use async_trait::async_trait;
use url::Url;

use super::{From, activity, create, require_own};
use crate::activitystreams::activity::{Update, Updated};
use crate::activitystreams::object::NoteKind;
use crate::activitystreams::{Note, Reference};
use crate::base::{Error, Millis, Result};
use crate::domain::accounts::{self, NewAccount};
use crate::domain::media;
use crate::domain::statuses::consent::{self, quote::Quoting};
use crate::domain::statuses::{self, Status, edit, write_extras};
use crate::federation::fetch::{self, Budget};
use crate::federation::forward::{self, Forward, Heard};
use crate::federation::gate::Purpose;
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::federation::map::{self, from_note, from_note::Taken};
use crate::federation::signer::Signer;
use crate::platform::db::Tx;
use crate::platform::services::Services;

activity!(Update);

/// Nobody edits what somebody else wrote.
fn verify(_: &Services, from: &From<Update>) -> Result<()> {
    require_own(&from.signer, "object", from.activity.object.id())?;
    let owner = match from.activity.object.object() {
        Some(Updated::Note(note)) => &note.attributed_to,
        Some(Updated::Actor(actor)) => &actor.id,
        None => return Ok(()),
    };
    if owner == &from.activity.actor {
        Ok(())
    } else {
        Err(Error::forbidden("only who wrote it can edit it"))
    }
}

async fn receive(data: &Data<Incoming>, from: From<Update>) -> Result<()> {
    let id = from.activity.id;
    let now = data.services.clock.now();
    match from.activity.object {
        Reference::Object(updated) => match *updated {
            Updated::Note(note) => {
                let (to, cc, body) = (&note.to, &note.cc, from.sealed.as_deref());
                let forward = match &note.in_reply_to {
                    Some(parent) => {
                        let heard = Heard { id: &id, to, cc, parent: parent.as_str(), body };
                        forward::prepare(&data.services, &from.signer, heard).await?
                    }
                    None => None,
                };
                let signer = from.signer;
                data.write(&signer.remembers(&id), Edited { note: *note, signer, forward }).await
            }
            // Keys that are only named must be read.
            Updated::Actor(actor) if actor.public_key.is_empty() && actor.assertion_method.is_empty() => {
                fetch::refresh(&data.services, &actor.id, Purpose::Conversation, &Budget::default()).await?;
                refresh_peer(&data.services, &actor.id, &from.signer).await
            }
            Updated::Actor(actor) => {
                let account = map::actor::from_wire(&actor, now)?;
                data.write(&id, Changed(account)).await?;
                refresh_peer(&data.services, &actor.id, &from.signer).await
            }
        },
        Reference::Iri(object) if object == from.activity.actor => {
            fetch::refresh(&data.services, &object, Purpose::Conversation, &Budget::default()).await?;
            refresh_peer(&data.services, &object, &from.signer).await
        }
        // Only named: it is read from its site, with all that must hold for what is fetched.
        Reference::Iri(object) => {
            let note = fetch::note(&data.services, &object, &Budget::default()).await?;
            if note.attributed_to.as_str() != from.signer.actor {
                return Err(Error::forbidden("only who wrote it can edit it"));
            }
            let signer = from.signer;
            data.write(&signer.remembers(&id), Edited { note, signer, forward: None }).await
        }
    }
}

/// A site's own actor says what the site is called.
async fn refresh_peer(services: &Services, actor: &Url, signer: &Signer) -> Result<()> {
    let is_site = signer.peer.as_ref().is_some_and(|peer| peer.actor_uri.as_deref() == Some(actor.as_str()));
    if !is_site {
        return Ok(());
    }
    let profile = fetch::profile(services, actor).await?.check(services.origin.host())?;
    let mut tx = services.db.begin().await?;
    crate::domain::organisation::receive::refresh(services, &mut tx, profile).await?;
    tx.commit().await
}

/// A profile changed.
struct Changed(NewAccount);

#[async_trait]
impl Change for Changed {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        accounts::receive::upsert(services, tx, &self.0).await?;
        Ok(Outcome::Done)
    }
}

/// A post was edited.
struct Edited {
    note: Note,
    signer: Signer,
    forward: Option<Forward>,
}

#[async_trait]
impl Change for Edited {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let Some(before) = statuses::store::find_by_uri(tx, self.note.id.as_str()).await? else {
            return self.before_its_create(services, tx).await;
        };
        if before.account_id != self.signer.account || before.reblog_of_id.is_some() {
            return Err(Error::forbidden("only who wrote it can edit it"));
        }
        let at = self.note.updated.unwrap_or_else(|| services.clock.now());
        let stale = is_stale(before.edited_at, at);
        let same_version = self.note.updated == before.edited_at;
        if stale && !same_version && self.note.kind != NoteKind::Question {
            return Ok(Outcome::Ignored("an older version"));
        }
        if self.signer.passed_on && (stale || self.note.updated.is_none()) {
            return Ok(Outcome::Ignored("passed on, and no newer version"));
        }
        let author = from_note::Author::from(&self.signer);
        let taken = from_note::read(services, tx, &self.note, &author).await?;
        if !stale || same_version {
            take_consent(services, tx, &before, &taken).await?;
        }
        if is_only_figures(tx, &before, &taken, stale).await?
            || (same_version && says_the_same(tx, &before, &taken).await?)
        {
            return Ok(Outcome::Done);
        }
        if stale {
            return Ok(Outcome::Ignored("an older version"));
        }
        match &taken.poll {
            Some(poll) => write_extras::take_again(tx, &before, poll, taken.at).await?,
            None => statuses::store::delete_poll(tx, before.id).await?,
        }
        let mut after = before.clone();
        after.content = taken.status.content;
        after.spoiler_text = taken.status.spoiler_text;
        after.sensitive = taken.status.sensitive;
        after.language = taken.status.language;
        media::store::delete_of_status(tx, before.id).await?;
        for mut item in taken.media {
            item.status_id = Some(before.id);
            media::store::insert(tx, &item).await?;
        }
        let (mentions, tags) = (taken.status.mentions, taken.status.tags);
        let details = edit::Details { mentions, tags, title: taken.title, at };
        edit::apply_in(services, tx, &before, after, details).await?;
        if let Some(forward) = &self.forward {
            forward.enqueue(services, tx).await?;
        }
        Ok(Outcome::Done)
    }
}

/// Whether a poll says nothing new but how many voted for what, which is no edit; if so, takes the figures over.
async fn is_only_figures(tx: &mut Tx, before: &Status, taken: &Taken, stale: bool) -> Result<bool> {
    let Some(received) = &taken.poll else { return Ok(false) };
    let Some(known) = write_extras::find_poll(tx, before, taken.at).await? else { return Ok(false) };
    let same_question = known.poll.multiple == received.multiple && known.offers(received.titles());
    let same_words = before.content == taken.status.content
        && before.spoiler_text == taken.status.spoiler_text
        && write_extras::find_title(tx, before).await? == taken.title;
    if same_question && (stale || same_words) {
        write_extras::refresh(tx, &known, received, taken.at).await?;
        return Ok(true);
    }
    Ok(false)
}

/// What it quotes and who may do what with it can change without an edit of the words.
async fn take_consent(services: &Services, tx: &mut Tx, before: &Status, taken: &Taken) -> Result<()> {
    let quoting = Quoting { id: before.id, account: before.account_id, uri: &before.uri };
    from_note::write_quote(services, tx, quoting, taken.quote.as_ref()).await?;
    consent::store::write_policy(tx, before.id, &taken.policy).await
}

/// Whether nothing of the words and pictures is different, which is no edit.
async fn says_the_same(tx: &mut Tx, before: &Status, taken: &Taken) -> Result<bool> {
    let now = &taken.status;
    if before.content != now.content
        || before.spoiler_text != now.spoiler_text
        || before.sensitive != now.sensitive
        || write_extras::find_title(tx, before).await? != taken.title
    {
        return Ok(false);
    }
    let known = media::store::list_of_statuses(tx, &[before.id]).await?;
    let same = |(one, other): (&media::Media, &media::Media)| {
        one.remote_url == other.remote_url && one.description == other.description
    };
    Ok(known.len() == taken.media.len() && known.iter().zip(&taken.media).all(same))
}

impl Edited {
    /// It came before the post itself, which will then be known already: what the post says now is what counts.
    async fn before_its_create(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let outcome = create::take_in(services, tx, self.note.clone(), self.signer.clone()).await?;
        if let Some(mut written) = statuses::store::find_by_uri(tx, self.note.id.as_str()).await? {
            written.edited_at = self.note.updated;
            statuses::store::update_content(tx, &written).await?;
        }
        Ok(outcome)
    }
}

/// Whether what is known is newer than what came.
fn is_stale(known: Option<Millis>, at: Millis) -> bool {
    known.is_some_and(|known| at <= known)
}
