//! From what the domain knows to what a page shows.

use std::collections::HashMap;
use std::sync::Arc;

use super::ballot;
use super::consent;
use super::links::lead_home;
use super::state::{Sites, Web};
use super::views::{Answers, Media, Person, PersonRow, Post, Reach, SiteChip, Tie, Time, initials};
use crate::base::Millis;
use crate::base::id::{AccountId, StatusId};
use crate::base::text::excerpt;
use crate::domain::accounts::Account;
use crate::domain::accounts::picture::avatar_path;
use crate::domain::filters::Hit;
use crate::domain::follows::Relationship;
use crate::domain::statuses::pin::problem_with;
use crate::domain::statuses::{StatusView, Visibility};

/// How long the beginning of a biography is, in a list.
const BIO_CHARACTERS: usize = 160;

/// Turns the domain's values into views, for one reader at one moment.
pub struct Lens {
    sites: Arc<Sites>,
    site_name: String,
    reader: Option<AccountId>,
    now: Millis,
}

impl Lens {
    /// For this reader.
    pub fn new(web: &Web, sites: &Arc<Sites>, site_name: &str, reader: Option<AccountId>) -> Self {
        Self {
            sites: Arc::clone(sites),
            site_name: site_name.to_owned(),
            reader,
            now: web.services().clock.now(),
        }
    }

    /// When the page is made.
    pub fn now(&self) -> Millis {
        self.now
    }

    /// A moment.
    pub fn time(&self, at: Millis) -> Time {
        Time::at(at, self.now)
    }

    /// The chip of a site.
    pub fn chip(&self, host: &str) -> Option<SiteChip> {
        self.sites.chip(host)
    }

    /// A person.
    pub fn person(&self, account: &Account) -> Person {
        Person {
            id: account.id,
            name: account.name().to_owned(),
            handle: format!("@{}", account.acct()),
            url: page_of(account),
            avatar: avatar_of(account),
            initials: initials(account.name()),
            hue: (account.id.0.unsigned_abs() / 7 % 8) as u8,
            site: self.sites.chip(&account.host),
        }
    }

    /// A person in a list, with the reader's tie.
    pub fn row(&self, account: &Account, ties: &[Relationship]) -> PersonRow {
        PersonRow {
            person: self.person(account),
            tie: ties.iter().find(|tie| tie.id == account.id && self.reader != Some(tie.id)).map(tie),
            bio: excerpt(&account.note, BIO_CHARACTERS),
        }
    }

    /// A post, or what is reposted by it.
    pub fn post(&self, view: &StatusView) -> Post {
        let shown = view.shown();
        let status = &shown.status;
        let author = self.person(&shown.account);
        let pages: HashMap<&str, String> = shown
            .mentions
            .iter()
            .flat_map(|account| {
                [(account.url.as_str(), page_of(account)), (account.uri.as_str(), page_of(account))]
            })
            .collect();
        let mine = self.reader == Some(status.account_id);
        Post {
            id: status.id,
            url: format!("{}/{}", author.url, status.id),
            origin: (!status.local).then(|| status.url.clone()).filter(|url| url.starts_with("http")),
            reposted_by: view.reblog.is_some().then(|| self.person(&view.account)),
            answers: shown
                .in_reply_to_account
                .as_ref()
                .map(|account| answered(account, status.in_reply_to_id)),
            at: self.time(status.created_at),
            edited: status.edited_at.map(|at| self.time(at)),
            reach: self.reach(status.visibility, &shown.account),
            warning: status.spoiler_text.clone(),
            sensitive: status.sensitive,
            title: shown.title.as_ref().map(|title| title.text.clone()),
            beginning: shown.title.as_ref().and_then(|_| beginning(&status.content)),
            poll: shown.poll.as_ref().map(|poll| ballot::poll(poll, self.reader.is_some(), self.now)),
            signs: shown.reactions.iter().map(ballot::sign).collect(),
            content: lead_home(&status.content, &pages, &shown.tags),
            language: status.language.clone(),
            media: shown.media.iter().map(Media::from).collect(),
            replies: status.replies_count,
            reposts: status.reblogs_count,
            likes: status.favourites_count,
            liked: shown.favourited,
            reposted: shown.reblogged,
            kept: shown.bookmarked,
            thread_muted: shown.thread_muted,
            filtered: filtered(&view.filtered),
            may_repost: status.visibility.may_be_reblogged(),
            mine,
            may_pin: self.reader.is_some_and(|reader| problem_with(status, reader).is_none()),
            pinned: shown.pinned,
            on_top: false,
            quoted: self.quoted(shown, self.reader),
            allowed: consent::allowed(shown),
            author,
        }
    }

    /// All of them.
    pub fn posts(&self, views: &[StatusView]) -> Vec<Post> {
        views.iter().map(|view| self.post(view)).collect()
    }

    /// Who may see what `author` wrote.
    pub fn reach(&self, visibility: Visibility, author: &Account) -> Reach {
        let label = label(visibility);
        let detail = match visibility {
            Visibility::Public => "Everybody on the web".to_owned(),
            Visibility::Unlisted => "Everybody on the web, but not in timelines".to_owned(),
            Visibility::Organisation if author.is_local() => format!("Everybody at {}", self.organisation()),
            Visibility::Organisation => "Everybody in the organisation".to_owned(),
            Visibility::Site => format!("Everybody at {}", self.site_name),
            Visibility::Private if self.reader == Some(author.id) => "Your followers".to_owned(),
            Visibility::Private => format!("Followers of {}", author.name()),
            Visibility::Direct => "Only the people mentioned".to_owned(),
        };
        Reach { label, detail, icon: icon(visibility) }
    }

    /// What this site is called.
    pub fn site_name(&self) -> &str {
        &self.site_name
    }

    /// As in "Engineering, Sales and People".
    pub fn organisation(&self) -> String {
        let others = self.sites.members();
        let names =
            std::iter::once(self.site_name.as_str()).chain(others.iter().map(|site| site.name.as_str()));
        enumerate(&names.collect::<Vec<_>>())
    }
}

/// The names of the filters that found something.
fn filtered(hits: &[Hit]) -> Option<String> {
    let titles: Vec<&str> = hits.iter().map(|hit| hit.filter.title.as_str()).collect();
    (!titles.is_empty()).then(|| titles.join(", "))
}

/// Whom a post answers. Of somebody who left, only that is told.
fn answered(account: &Account, post: Option<StatusId>) -> Answers {
    if account.deleted_at.is_some() {
        return Answers { name: "somebody who left".to_owned(), url: None };
    }
    let page = page_of(account);
    let url = post.map_or_else(|| page.clone(), |id| format!("{page}/{id}"));
    Answers { name: account.name().to_owned(), url: Some(url) }
}

/// How much of a text with a title a list shows, in characters.
const BEGINNING: usize = 500;

/// What a list shows of a long text; nothing if it shows the whole.
fn beginning(content: &str) -> Option<String> {
    (content.len() > 2 * BEGINNING).then(|| excerpt(content, BEGINNING))
}

/// In a word.
pub fn label(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "Public web",
        Visibility::Unlisted => "Quiet public",
        Visibility::Organisation => "Organisation",
        Visibility::Site => "This site",
        Visibility::Private => "Followers",
        Visibility::Direct => "People mentioned",
    }
}

/// Its sign.
pub fn icon(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public | Visibility::Unlisted => "globe",
        Visibility::Organisation => "building-2",
        Visibility::Site => "house",
        Visibility::Private => "lock",
        Visibility::Direct => "at-sign",
    }
}

/// A person's page on this site.
pub fn page_of(account: &Account) -> String {
    format!("/@{}", account.acct())
}

/// How the reader stands to somebody.
pub fn tie(relationship: &Relationship) -> Tie {
    Tie {
        following: relationship.following,
        requested: relationship.requested,
        followed_by: relationship.followed_by,
        muting: relationship.muting,
        blocking: relationship.blocking,
    }
}

/// Only a real picture; without one the initials stand there, in the colours of the reader's theme.
fn avatar_of(account: &Account) -> Option<String> {
    let has_picture = account.avatar_key.is_some() || account.avatar_url.is_some();
    has_picture.then(|| avatar_path(account))
}

/// As in "A, B and C"; from the fifth name on only how many.
fn enumerate(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        names if names.len() > 5 => format!("{} and {} other sites", names[..3].join(", "), names.len() - 3),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_said_as_one_would_say_them() {
        assert_eq!(enumerate(&["A"]), "A");
        assert_eq!(enumerate(&["A", "B", "C"]), "A, B and C");
        assert_eq!(enumerate(&["A", "B", "C", "D", "E", "F"]), "A, B, C and 3 other sites");
    }
}
