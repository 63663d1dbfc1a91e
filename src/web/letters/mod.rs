//! Mails in words: what the queue holds becomes a letter in the language of whoever gets it, as text and as HTML.
//!
//! It is written when it is sent, so that nothing is told that is no longer so: a notification that was seen, a post
//! that was deleted, a person who left. Links that let somebody in are made then, too.

mod lines;
mod page;

use jiff::tz::TimeZone;

pub use self::lines::{Said, said};
pub use self::page::Paper;
use self::page::{Item, Link, Page, Section};
use crate::base::id::{AccountId, NotificationId};
use crate::base::words::{Language, Told};
use crate::base::{Error, Millis, Result};
use crate::domain::auth::{self, Role};
use crate::domain::mail::{self, About, QueuedMail, Stream, unsubscribe};
use crate::domain::notifications::{digest, letters};
use crate::domain::{accounts, instance};
use crate::platform::mail::Letter;
use crate::platform::services::Services;

/// What became of writing.
#[derive(Debug)]
pub enum Written {
    /// There is something to say.
    Letter {
        /// It.
        letter: Box<Letter>,
        /// The newest notification in it.
        told_up_to: Option<NotificationId>,
    },
    /// There is nothing to say any more.
    Needless,
}

/// Whom a letter is for, and in what words.
struct Writer<'a> {
    services: &'a Services,
    paper: &'a Paper,
    mail: &'a QueuedMail,
    language: Language,
    zone: TimeZone,
    site: instance::About,
    to: String,
    person: Option<AccountId>,
    /// What to call them.
    name: Option<String>,
}

/// Writes a mail.
///
/// # Errors
/// As the database. That there is nothing to say is no error.
pub async fn write(services: &Services, paper: &Paper, mail: &QueuedMail) -> Result<Written> {
    let Some(about) = mail.about() else { return Ok(Written::Needless) };
    let written = match about {
        About::Invitation { role, by } => invitation(services, paper, mail, &role, by).await,
        About::Confirmation => confirmation(services, paper, mail).await,
        About::Reset { login } => reset(services, paper, mail, &login).await,
        About::News => news(services, paper, mail).await,
        About::Digest { since } => missed(services, paper, mail, since).await,
        About::Decision { action, reason } => decision(services, paper, mail, &action, &reason).await,
    };
    match written {
        Err(Error::NotFound { .. } | Error::Conflict { .. }) => Ok(Written::Needless),
        other => other,
    }
}

impl<'a> Writer<'a> {
    /// To somebody of this site, at their own address.
    async fn to_person(
        services: &'a Services,
        paper: &'a Paper,
        mail: &'a QueuedMail,
        person: AccountId,
    ) -> Result<Self> {
        let mut conn = services.db.read().await?;
        let user = auth::store::get(&mut conn, person).await?;
        let account = accounts::store::get(&mut conn, person).await?;
        if account.deleted_at.is_some() {
            return Err(Error::not_found("user"));
        }
        let wishes = mail::wishes::get(services, &mut conn, person).await?;
        Ok(Self {
            services,
            paper,
            mail,
            language: language_of(services, &wishes.language),
            zone: wishes.time_zone(),
            site: instance::about(services, &mut conn).await?,
            to: user.email,
            person: Some(person),
            name: Some(account.name().to_owned()),
        })
    }

    /// To somebody who has no account yet.
    async fn to_stranger(services: &'a Services, paper: &'a Paper, mail: &'a QueuedMail) -> Result<Self> {
        let mut conn = services.db.read().await?;
        Ok(Self {
            services,
            paper,
            mail,
            language: language_of(services, ""),
            zone: TimeZone::get(&services.config.mail.zone).unwrap_or(TimeZone::UTC),
            site: instance::about(services, &mut conn).await?,
            to: mail.address.clone(),
            person: None,
            name: None,
        })
    }

    fn say(&self, key: &str, told: &[Told<'_>]) -> String {
        self.services.words.say(self.language, key, told)
    }

    fn site(&self) -> &str {
        &self.site.name
    }

    /// As in "2 January", in the reader's zone.
    fn day(&self, at: Millis) -> String {
        let day = at.timestamp().to_zoned(self.zone.clone());
        self.say(
            "mail-day",
            &[("day", i64::from(day.day()).into()), ("month", i64::from(day.month()).into())],
        )
    }

    fn page(&self, subject: String) -> Page {
        let greeting = match &self.name {
            Some(name) => self.say("mail-hello", &[("name", name.as_str().into())]),
            None => self.say("mail-hello-stranger", &[]),
        };
        Page {
            language: self.language.tag(),
            direction: self.language.direction(),
            colour: self.services.config.site.colour.to_string(),
            site: self.site().to_owned(),
            subject,
            greeting,
            why: self.say("mail-why", &[("site", self.site().into())]),
            ..Page::default()
        }
    }

    fn finish(&self, page: &Page, unsubscribe: Option<String>) -> Result<Letter> {
        let (text, html) = self.paper.render(page)?;
        Ok(Letter {
            id: self.mail.id.to_string(),
            to: self.to.clone(),
            subject: page.subject.clone(),
            text,
            html,
            unsubscribe,
            language: self.language.tag().to_owned(),
            at: self.mail.created_at,
        })
    }

    /// A letter that nobody can have too many of.
    fn needed(&self, page: &Page) -> Result<Written> {
        Ok(Written::Letter { letter: Box::new(self.finish(page, None)?), told_up_to: None })
    }

    /// A letter of a kind that one can end.
    fn one_of(&self, stream: Stream, mut page: Page, told_up_to: Option<NotificationId>) -> Result<Written> {
        let Some(person) = self.person else { return Ok(Written::Needless) };
        let stop = unsubscribe::link(self.services, person, stream);
        let label = match stream {
            Stream::News => "mail-stop-news",
            Stream::Digest => "mail-stop-digest",
        };
        page.stop = Some(Link { label: self.say(label, &[]), url: stop.clone() });
        page.settings = Some(Link {
            label: self.say("mail-settings", &[]),
            url: self.services.origin.at("/settings/notifications"),
        });
        Ok(Written::Letter { letter: Box::new(self.finish(&page, Some(stop))?), told_up_to })
    }
}

fn language_of(services: &Services, chosen: &str) -> Language {
    let tag = if chosen.is_empty() { services.config.mail.language.as_str() } else { chosen };
    Language::by_tag(tag).unwrap_or_default()
}

async fn invitation(
    services: &Services,
    paper: &Paper,
    mail: &QueuedMail,
    role: &str,
    by: Option<AccountId>,
) -> Result<Written> {
    let writer = Writer::to_stranger(services, paper, mail).await?;
    let mut conn = services.db.read().await?;
    if auth::store::find_id_by_email(&mut conn, &mail.address).await?.is_some() {
        return Ok(Written::Needless);
    }
    let host = match by {
        // Whoever may no longer invite does not.
        Some(by) => {
            let user = auth::store::get(&mut conn, by).await?;
            let role = Role::from_word(role).unwrap_or_default();
            if user.disabled_at.is_some() || !auth::link::may_invite(user.role, role) {
                return Ok(Written::Needless);
            }
            Some(accounts::store::get(&mut conn, by).await?.name().to_owned())
        }
        None => None,
    };
    drop(conn);
    let role = Role::from_word(role).unwrap_or_default();
    let link = auth::link::invite_to(services, role, by, &mail.address).await?;
    let site = writer.site().to_owned();
    let (subject, line) = if let Some(by) = &host {
        let told = [("by", by.as_str().into()), ("site", site.as_str().into())];
        (writer.say("mail-invitation-subject", &told), writer.say("mail-invitation-by", &told))
    } else {
        let told = [("site", site.as_str().into())];
        (writer.say("mail-invitation-subject-nobody", &told), writer.say("mail-invitation-nobody", &told))
    };
    let until = writer.day(link.link.expires_at);
    let page = Page {
        lines: vec![line, writer.site.description.clone()],
        button: Some(Link { label: writer.say("mail-invitation-button", &[]), url: link.url }),
        after: vec![writer.say("mail-invitation-after", &[("until", until.into())])],
        why: writer.say("mail-why-asked", &[("site", site.as_str().into())]),
        ..writer.page(subject)
    };
    writer.needed(&page)
}

async fn confirmation(services: &Services, paper: &Paper, mail: &QueuedMail) -> Result<Written> {
    let Some(person) = mail.account_id else { return Ok(Written::Needless) };
    let writer = Writer::to_person(services, paper, mail, person).await?;
    if writer.to != mail.address {
        return Ok(Written::Needless);
    }
    let link = auth::confirm::make_link(services, person).await?;
    let site = [("site", writer.site().into())];
    let page = Page {
        lines: vec![writer.say("mail-confirmation-line", &[])],
        button: Some(Link { label: writer.say("mail-confirmation-button", &[]), url: link.url }),
        after: vec![writer.say("mail-confirmation-after", &site)],
        ..writer.page(writer.say("mail-confirmation-subject", &site))
    };
    writer.needed(&page)
}

async fn reset(services: &Services, paper: &Paper, mail: &QueuedMail, login: &str) -> Result<Written> {
    let mut conn = services.db.read().await?;
    let Some(person) = auth::login::find(&mut conn, login).await? else { return Ok(Written::Needless) };
    let user = auth::store::get(&mut conn, person).await?;
    let account = accounts::store::get(&mut conn, person).await?;
    drop(conn);
    if user.disabled_at.is_some() || account.is_hidden() {
        return Ok(Written::Needless);
    }
    let writer = Writer::to_person(services, paper, mail, person).await?;
    let link = auth::link::reset_by_mail(services, person).await?;
    let page = Page {
        lines: vec![writer.say("mail-reset-line", &[("username", account.username.as_str().into())])],
        button: Some(Link { label: writer.say("mail-reset-button", &[]), url: link.url }),
        after: vec![writer.say("mail-reset-after", &[])],
        why: writer.say("mail-why-asked", &[("site", writer.site().into())]),
        ..writer.page(writer.say("mail-reset-subject", &[("site", writer.site().into())]))
    };
    writer.needed(&page)
}

/// Whether mails that come by themselves may go to this person: the address is theirs, and they can come in.
async fn may_write_to(services: &Services, person: AccountId) -> Result<bool> {
    let mut conn = services.db.read().await?;
    let confirmed = mail::store::list_confirmed(&mut conn, &[person]).await?;
    let account = accounts::store::get(&mut conn, person).await?;
    Ok(!confirmed.is_empty() && !account.is_hidden())
}

async fn news(services: &Services, paper: &Paper, mail: &QueuedMail) -> Result<Written> {
    let Some(person) = mail.account_id else { return Ok(Written::Needless) };
    let mut conn = services.db.read().await?;
    let news = letters::to_tell(services, &mut conn, person).await?;
    let off = mail::wishes::get(services, &mut conn, person).await?.news_off;
    drop(conn);
    if off || news.is_empty() || !may_write_to(services, person).await? {
        return Ok(Written::Needless);
    }
    let writer = Writer::to_person(services, paper, mail, person).await?;
    let items: Vec<Item> = news.iter().map(|line| writer.item_of(line)).collect();
    let told = [
        ("n", (items.len() as i64).into()),
        ("what", items[0].what.as_str().into()),
        ("site", writer.site().into()),
    ];
    let page = Page {
        lines: vec![writer.say("mail-news-line", &told)],
        button: Some(Link {
            label: writer.say("mail-news-button", &[]),
            url: services.origin.at("/notifications"),
        }),
        sections: vec![Section::new(writer.say("mail-news-title", &[]), items.clone(), None)],
        ..writer.page(writer.say("mail-news-subject", &told))
    };
    writer.one_of(Stream::News, page, news.first().map(|line| line.notification.id))
}

async fn missed(services: &Services, paper: &Paper, mail: &QueuedMail, since: Millis) -> Result<Written> {
    let Some(person) = mail.account_id else { return Ok(Written::Needless) };
    let mut conn = services.db.read().await?;
    let digest = digest::gather(services, &mut conn, person, since).await?;
    let wishes = mail::wishes::get(services, &mut conn, person).await?;
    drop(conn);
    if digest.is_empty() || wishes.digest == "never" || !may_write_to(services, person).await? {
        return Ok(Written::Needless);
    }
    let writer = Writer::to_person(services, paper, mail, person).await?;
    let more = |key: &str, n: usize| (n > 0).then(|| writer.say(key, &[("n", (n as i64).into())]));
    let news = digest.news.iter().map(|line| writer.item_of(line)).collect();
    let posts = digest.posts.iter().map(|post| writer.item_of_post(post)).collect();
    let sections = [
        ("mail-digest-news", news, more("mail-digest-more-news", digest.more_news)),
        ("mail-digest-posts", posts, more("mail-digest-more-posts", digest.more_posts)),
    ];
    let sections = sections.into_iter().filter(|(_, items, _): &(_, Vec<Item>, _)| !items.is_empty());
    let site = [("site", writer.site().into())];
    let page = Page {
        lines: vec![writer.say("mail-digest-line", &[("since", writer.day(since).into())])],
        sections: sections
            .map(|(key, items, more)| Section::new(writer.say(key, &[]), items, more))
            .collect(),
        button: Some(Link { label: writer.say("mail-digest-button", &site), url: services.origin.at("/") }),
        ..writer.page(writer.say("mail-digest-subject", &site))
    };
    writer.one_of(Stream::Digest, page, None)
}

async fn decision(
    services: &Services,
    paper: &Paper,
    mail: &QueuedMail,
    action: &str,
    reason: &str,
) -> Result<Written> {
    let Some(person) = mail.account_id else { return Ok(Written::Needless) };
    let writer = Writer::to_person(services, paper, mail, person).await?;
    let key = match action {
        "warn_person" | "note_person" => "mail-decision-warn",
        "remove_post" => "mail-decision-remove",
        "limit_person" => "mail-decision-limit",
        "suspend_person" => "mail-decision-suspend",
        action if action.starts_with("undo") => "mail-decision-undone",
        _ => "mail-decision-other",
    };
    let site = [("site", writer.site().into())];
    let page = Page {
        lines: vec![writer.say(key, &[]), writer.say("mail-decision-reason", &[("reason", reason.into())])],
        after: vec![writer.say("mail-decision-after", &[])],
        ..writer.page(writer.say("mail-decision-subject", &site))
    };
    writer.needed(&page)
}
