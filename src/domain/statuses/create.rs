//! A person of this site writes a post or a reply.

use super::model::{NewStatus, Parent, Reader, Status, Visibility};
use super::poll::NewPoll;
use super::title::Title;
use super::{consent, read, store, write, write_extras};
use crate::base::config::FederationMode;
use crate::base::id::{AccountId, MediaId, OAuthAppId, StatusId};
use crate::base::text::{self, Format, FoundMention, ResolvedMention};
use crate::base::{Error, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::{follows, media};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// What somebody typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Plain text or Markdown.
    pub text: String,
    /// How to read it.
    pub format: Format,
    /// Content warning.
    pub spoiler_text: String,
    /// Cover media at first.
    pub sensitive: bool,
    /// ISO 639-1; guessed if not given.
    pub language: Option<String>,
    /// Who sees it; if not given, as wide as the site and the parent allow.
    pub visibility: Option<Visibility>,
    /// What it answers.
    pub in_reply_to: Option<StatusId>,
    /// Attachments, in order.
    pub media: Vec<MediaId>,
    /// Makes it an article; empty for none.
    pub title: String,
    /// What it asks.
    pub poll: Option<NewPoll>,
    /// The program it is written with.
    pub app: Option<OAuthAppId>,
    /// The client's own mark on the request.
    pub idempotency_key: Option<String>,
    /// What it quotes.
    pub quote: Option<StatusId>,
    /// Who may do what with it.
    pub policy: consent::Policy,
}

/// Writes a post; the same idempotency key again returns the post of the first time.
///
/// Handles of other sites count as mentions if the account is known here; who takes the text in looks unknown ones
/// up first (`federation::fetch`), so that nobody waits for another site inside the transaction.
///
/// # Errors
/// [`Error::Invalid`] for nothing, too much, or attachments that are not there; [`Error::NotFound`] if what it
/// answers may not be seen.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#create>
pub async fn create(services: &Services, author: AccountId, draft: Draft) -> Result<StatusId> {
    let mut tx = services.db.begin().await?;
    let id = create_in(services, &mut tx, author, draft).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same inside a transaction in which nothing is changed yet.
///
/// # Errors
/// As [`create`].
pub async fn create_in(
    services: &Services,
    tx: &mut Tx,
    author: AccountId,
    mut draft: Draft,
) -> Result<StatusId> {
    tx.keep_order().await?;
    if let Some(key) = &draft.idempotency_key
        && let Some(known) = store::find_idempotent(tx, author, key).await?
    {
        return Ok(known);
    }
    let author = accounts::store::get(tx, author).await?;
    if author.is_hidden() {
        return Err(Error::forbidden("this account is suspended and cannot post"));
    }
    accounts::relocate::require_here(&author)?;
    check(services, &draft)?;
    let title = Title::typed(&draft.title)?;
    let poll = draft.poll.take().map(|poll| poll.check(&services.config.limits)).transpose()?;
    let parent = match draft.in_reply_to {
        Some(id) => Some(parent_of(services, tx, id, author.id).await?),
        None => None,
    };
    let quoted = match draft.quote {
        Some(id) => Some(consent::quote::quotable(services, tx, id, author.id).await?),
        None => None,
    };
    let mut status = compose(services, tx, &author, &draft, parent.as_ref()).await?;
    if let Some((quoted, _)) = &quoted {
        status.visibility = consent::quote::narrowed(status.visibility, quoted)?;
    }
    write_local(services, tx, &status, &draft.media, parent.as_ref()).await?;
    if let Some(title) = &title {
        write_extras::entitle(tx, status.id, Some(title)).await?;
    }
    if let Some(poll) = &poll {
        write_extras::ask(tx, status.id, poll, status.created_at).await?;
    }
    if let Some(quoted) = &quoted {
        consent::quote::begin_in(services, tx, &status, quoted).await?;
    }
    let policy = draft.policy.clone().reduced();
    if !policy.is_default() {
        consent::store::write_policy(tx, status.id, &policy).await?;
    }
    if let Some(key) = &draft.idempotency_key {
        store::insert_idempotent(tx, author.id, key, status.id, status.created_at).await?;
    }
    Ok(status.id)
}

async fn write_local(
    services: &Services,
    tx: &mut Tx,
    status: &NewStatus,
    media: &[MediaId],
    parent: Option<&Status>,
) -> Result<()> {
    // The rows of media point at the post, so it comes first.
    if let Some(parent) = parent
        && consent::reply::must_wait(tx, parent, status.account_id).await?
    {
        consent::reply::hold_in(services, tx, status, parent).await?;
    } else if !write::insert(services, tx, status).await? {
        return Err(Error::conflict("this post exists already"));
    }
    attach(tx, status.account_id, status.id, media).await
}

/// Hangs attachments on a post, in order.
pub(super) async fn attach(
    tx: &mut Tx,
    author: AccountId,
    status: StatusId,
    media: &[MediaId],
) -> Result<()> {
    for (position, id) in media.iter().enumerate() {
        if !media::store::attach(tx, *id, author, status, position as i64).await? {
            return Err(not_attached(tx, author, *id).await?);
        }
    }
    Ok(())
}

/// Why an upload cannot hang on a post.
async fn not_attached(tx: &mut Tx, author: AccountId, id: MediaId) -> Result<Error> {
    let found = media::store::list(tx, &[id]).await?;
    let state = found.iter().find(|item| item.account_id == author).map(|item| item.state.as_str());
    Ok(Error::invalid(
        "media_ids",
        match state {
            Some(media::model::WAITING) => "are not ready yet; try again in a moment",
            Some(media::model::FAILED) => "could not be prepared; take them off or send them again",
            _ => "must name uploads of yours that are not posted yet",
        },
    ))
}

/// Checks what does not need the database.
fn check(services: &Services, draft: &Draft) -> Result<()> {
    let limits = &services.config.limits;
    if draft.poll.is_some() && !draft.media.is_empty() {
        return Err(Error::invalid("media_ids", "cannot stand beside a poll"));
    }
    if draft.text.trim().is_empty() && draft.media.is_empty() && draft.title.trim().is_empty() {
        return Err(Error::invalid("status", "must not be empty"));
    }
    let length = text::count_characters(&draft.text) + draft.spoiler_text.chars().count();
    if length > limits.status_characters as usize {
        return Err(Error::invalid(
            "status",
            format!("must have at most {} characters", limits.status_characters),
        ));
    }
    if draft.media.len() > limits.attachments as usize {
        return Err(Error::invalid("media_ids", format!("must be at most {}", limits.attachments)));
    }
    if draft
        .language
        .as_ref()
        .is_some_and(|language| language.len() > 12 || language.contains(char::is_whitespace))
    {
        return Err(Error::invalid("language", "must be a code such as \"en\""));
    }
    Ok(())
}

async fn parent_of(services: &Services, tx: &mut Tx, id: StatusId, author: AccountId) -> Result<Status> {
    let status = read::get_visible(services, tx, id, &Reader::Person(author)).await?;
    match status.reblog_of_id {
        Some(of) => read::get_visible(services, tx, of, &Reader::Person(author)).await,
        None => Ok(status),
    }
}

async fn compose(
    services: &Services,
    tx: &mut Tx,
    author: &Account,
    draft: &Draft,
    parent: Option<&Status>,
) -> Result<NewStatus> {
    let id: StatusId = services.ids.next();
    let words = Words::work_out(services, tx, author, &draft.text, draft.format).await?;
    let language = draft.language.clone().filter(|language| !language.is_empty());
    Ok(NewStatus {
        id,
        uri: services.origin.status(&author.username, id),
        url: services.origin.status_page(&author.username, id),
        account_id: author.id,
        local: true,
        visibility: visibility(services, draft.visibility, parent),
        content: words.content,
        source: draft.text.clone(),
        source_type: draft.format.media_type().to_owned(),
        spoiler_text: draft.spoiler_text.trim().to_owned(),
        sensitive: draft.sensitive || !draft.spoiler_text.trim().is_empty(),
        language: language.or_else(|| text::detect_language(&draft.text).map(str::to_owned)),
        parent: parent.map(Parent::from),
        in_reply_to_uri: parent.map(|parent| parent.uri.clone()),
        app_id: draft.app,
        mentions: words.mentions,
        tags: words.tags,
        created_at: services.clock.now(),
    })
}

/// The widest that the site allows if nothing was chosen; what was chosen, but never wider than that or than the
/// post that is answered.
fn visibility(services: &Services, wanted: Option<Visibility>, parent: Option<&Status>) -> Visibility {
    let open = services.config.site.open_to_web;
    let widest = widest(open || services.config.federation.mode == FederationMode::Open);
    let wanted = wanted.unwrap_or(widest);
    let wanted = match wanted {
        Visibility::Public | Visibility::Unlisted => wanted.narrower(widest),
        other => other,
    };
    match parent {
        Some(parent) => wanted.narrower(parent.visibility),
        None => wanted,
    }
}

/// The widest visibility of a site that is open to others, or is not.
pub fn widest(open: bool) -> Visibility {
    if open { Visibility::Public } else { Visibility::Organisation }
}

/// What the words of a post come to.
pub(super) struct Words {
    pub content: String,
    pub mentions: Vec<AccountId>,
    pub tags: Vec<(String, String)>,
}

impl Words {
    /// Renders the text; mentions are those accounts that are known and do not block the author.
    pub async fn work_out(
        services: &Services,
        conn: &mut Conn,
        author: &Account,
        text: &str,
        format: Format,
    ) -> Result<Self> {
        let mut resolved = Vec::new();
        let mut mentions = Vec::new();
        let found = text::extract(text, format);
        for handle in found.mentions {
            let Some(account) = find_mentioned(services, conn, &handle).await? else {
                continue;
            };
            let blocked = follows::store::list_blocked_either_way(conn, author.id, &[account.id]).await?;
            resolved.push(ResolvedMention {
                text_handle: handle.to_string(),
                url: account.url.clone(),
                uri: account.uri.clone(),
            });
            if blocked.is_empty() {
                mentions.push(account.id);
            }
        }
        let tags = found.hashtags.into_iter().map(|tag| (tag.key, tag.name)).collect();
        let content = text::render(text, format, &resolved, services.origin.base()).into_string();
        Ok(Self { content, mentions: write::unique(mentions), tags })
    }
}

async fn find_mentioned(
    services: &Services,
    conn: &mut Conn,
    handle: &FoundMention,
) -> Result<Option<Account>> {
    let host = match &handle.host {
        Some(host) if !host.eq_ignore_ascii_case(services.origin.host()) => host.as_str(),
        _ => "",
    };
    let account = accounts::store::find_by_handle(conn, &handle.username, host).await?;
    Ok(account.filter(|account| !account.is_hidden() && account.id.0 > 0))
}

/// What a text of this person would become: HTML, as the post would have it.
///
/// # Errors
/// As the database.
pub async fn preview(
    services: &Services,
    conn: &mut Conn,
    author: AccountId,
    text: &str,
    format: Format,
) -> Result<String> {
    let author = accounts::store::get(conn, author).await?;
    Ok(Words::work_out(services, conn, &author, text, format).await?.content)
}

/// The handles in a text that belong to other sites and are not known here yet.
///
/// # Errors
/// As the database.
pub async fn unknown_handles(
    services: &Services,
    conn: &mut Conn,
    text: &str,
    format: Format,
) -> Result<Vec<FoundMention>> {
    let mut unknown = Vec::new();
    for handle in text::extract(text, format).mentions {
        if handle.host.is_some() && find_mentioned(services, conn, &handle).await?.is_none() {
            unknown.push(handle);
        }
    }
    Ok(unknown)
}
