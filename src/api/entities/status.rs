//! Posts. Source: <https://docs.joinmastodon.org/entities/Status/>

use serde::Serialize;

use super::poll::PollTitles;
use super::search::tag_page;
use super::{Account, Approval, FilterResult, MediaAttachment, Poll, Quote, Reaction};
use crate::base::id::{AccountId, StatusId};
use crate::domain::accounts;
use crate::domain::statuses::{StatusView, Visibility};
use crate::platform::services::Services;

/// A post as one reader sees it.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    pub id: StatusId,
    pub uri: String,
    pub url: String,
    pub created_at: String,
    pub edited_at: Option<String>,
    pub account: Account,
    pub content: String,
    /// Ours: what it is called. Also stands at the head of the content, for clients that know no titles.
    pub title: Option<String>,
    /// What was typed; only in the answer to a deletion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub visibility: &'static str,
    /// Ours: stays on this site.
    pub local_only: bool,
    pub sensitive: bool,
    pub spoiler_text: String,
    pub language: Option<String>,
    pub media_attachments: Vec<MediaAttachment>,
    pub application: Option<Application>,
    pub mentions: Vec<Mention>,
    pub tags: Vec<Tag>,
    pub emojis: [(); 0],
    pub replies_count: i64,
    pub reblogs_count: i64,
    pub favourites_count: i64,
    pub quotes_count: i64,
    pub in_reply_to_id: Option<StatusId>,
    pub in_reply_to_account_id: Option<AccountId>,
    pub reblog: Option<Box<Status>>,
    pub poll: Option<Poll>,
    /// Ours, as other servers of the kind have it: signs that people left.
    pub reactions: Vec<Reaction>,
    pub card: Option<()>,
    pub quote: Option<Quote>,
    pub quote_approval: Approval,
    /// Ours: who may answer.
    pub reply_approval: Approval,
    /// Ours: how far the consent has come that an own reply had to ask for.
    pub approval: Option<&'static str>,
    pub favourited: bool,
    pub reblogged: bool,
    pub muted: bool,
    pub bookmarked: bool,
    pub pinned: bool,
    pub filtered: Vec<FilterResult>,
}

/// The program that a post was written with.
#[derive(Clone, Debug, Serialize)]
pub struct Application {
    pub name: String,
    pub website: Option<String>,
}

/// Somebody mentioned. Source: <https://docs.joinmastodon.org/entities/Status/#Mention>
#[derive(Clone, Debug, Serialize)]
pub struct Mention {
    pub id: AccountId,
    pub username: String,
    pub acct: String,
    pub url: String,
}

/// A hashtag of a post. Source: <https://docs.joinmastodon.org/entities/Status/#Tag>
#[derive(Clone, Debug, Serialize)]
pub struct Tag {
    pub name: String,
    pub url: String,
}

/// What stands above and below a post. Source: <https://docs.joinmastodon.org/entities/Context/>
#[derive(Clone, Debug, Serialize)]
pub struct Context {
    pub ancestors: Vec<Status>,
    pub descendants: Vec<Status>,
}

/// What was typed. Source: <https://docs.joinmastodon.org/entities/StatusSource/>
#[derive(Clone, Debug, Serialize)]
pub struct StatusSource {
    pub id: StatusId,
    pub text: String,
    pub spoiler_text: String,
    pub content_type: String,
}

/// A version of a post. Source: <https://docs.joinmastodon.org/entities/StatusEdit/>
#[derive(Clone, Debug, Serialize)]
pub struct StatusEdit {
    pub content: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub created_at: String,
    pub account: Account,
    pub poll: Option<PollTitles>,
    pub media_attachments: Vec<MediaAttachment>,
    pub emojis: [(); 0],
    pub quote: Option<()>,
}

/// Mastodon's word for who sees a post. What is for the organisation or the site is public to all who can see this site.
pub fn visibility_word(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public | Visibility::Organisation | Visibility::Site => "public",
        Visibility::Unlisted => "unlisted",
        Visibility::Private => "private",
        Visibility::Direct => "direct",
    }
}

impl Status {
    /// As the reader for whom `view` was made sees it.
    pub fn new(services: &Services, view: &StatusView) -> Self {
        let status = &view.status;
        let reblog = view.reblog.as_deref().map(|of| Box::new(Self::new(services, of)));
        // Of a repost, clients want to see the figures of the post.
        let shown = view.shown();
        Self {
            id: status.id,
            uri: status.uri.clone(),
            url: status.url.clone(),
            created_at: status.created_at.to_rfc3339(),
            edited_at: status.edited_at.map(crate::base::clock::Millis::to_rfc3339),
            account: Account::new(services, &view.account),
            content: with_title(shown),
            title: shown.title.as_ref().map(|title| title.text.clone()),
            text: None,
            visibility: visibility_word(status.visibility),
            local_only: status.visibility == Visibility::Site,
            sensitive: shown.status.sensitive,
            spoiler_text: shown.status.spoiler_text.clone(),
            language: shown.status.language.clone(),
            media_attachments: shown
                .media
                .iter()
                .map(|media| MediaAttachment::new(services, media))
                .collect(),
            application: view.app.clone().map(|(name, website)| Application {
                name,
                website: website.filter(|text| !text.is_empty()),
            }),
            mentions: shown.mentions.iter().map(Mention::new).collect(),
            tags: shown
                .tags
                .iter()
                .map(|(key, name)| Tag { name: name.clone(), url: tag_page(services, key) })
                .collect(),
            emojis: [],
            replies_count: shown.status.replies_count,
            reblogs_count: shown.status.reblogs_count,
            favourites_count: shown.status.favourites_count,
            quotes_count: shown.consent.quotes_count,
            in_reply_to_id: status.in_reply_to_id,
            in_reply_to_account_id: status.in_reply_to_id.and(status.in_reply_to_account_id),
            reblog,
            poll: shown.poll.as_ref().map(Poll::new),
            reactions: shown.reactions.iter().map(|reaction| Reaction::new(services, reaction)).collect(),
            card: None,
            quote: shown.consent.quote.as_ref().map(|quote| Quote::new(services, quote)),
            quote_approval: Approval::of_quotes(shown),
            reply_approval: Approval::of_replies(shown),
            approval: shown.consent.approval.as_ref().map(|(state, _)| state.word()),
            favourited: shown.favourited,
            reblogged: shown.reblogged,
            muted: shown.thread_muted,
            bookmarked: shown.bookmarked,
            pinned: shown.pinned,
            filtered: view.filtered.iter().map(FilterResult::from).collect(),
        }
    }
}

impl Status {
    /// Inside of a quote: what it quotes itself is only named.
    pub fn inside(services: &Services, view: &StatusView) -> Self {
        let quote = view.shown().consent.quote.as_ref().map(Quote::shallow);
        Self { quote, ..Self::new(services, view) }
    }
}

/// The words, below the title if there is one.
fn with_title(view: &StatusView) -> String {
    match &view.title {
        Some(title) => headed(&title.text, &view.status.content),
        None => view.status.content.clone(),
    }
}

/// Words below a title.
pub fn headed(title: &str, content: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<p><strong>{title}</strong></p>{content}")
}

impl Mention {
    fn new(account: &accounts::Account) -> Self {
        Self {
            id: account.id,
            username: account.username.clone(),
            acct: account.acct(),
            url: account.url.clone(),
        }
    }
}
