//! What happened, in a line: for mails and for messages that wake a browser.

use super::Writer;
use super::page::Item;
use crate::base::text::excerpt;
use crate::base::words::{Language, Words};
use crate::domain::accounts::Account;
use crate::domain::notifications::{Kind, NotificationView};
use crate::domain::statuses::{StatusView, Visibility};

/// How much of a post is told.
const CHARACTERS: usize = 240;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// As in "Bob mentioned you".
    pub what: String,
    /// The beginning of the post, if it may be told.
    pub text: String,
    /// Where it is, as a path of this site.
    pub path: String,
}

/// What a notification says.
pub fn said(words: &Words, language: Language, line: &NotificationView) -> Said {
    let status = line.status.as_ref().map(StatusView::shown);
    let direct = status.is_some_and(|shown| shown.status.visibility == Visibility::Direct);
    let answers =
        status.is_some_and(|shown| shown.status.in_reply_to_account_id == Some(line.notification.account_id));
    let key = match line.notification.kind {
        Kind::Mention if direct => "mail-mentioned-direct",
        Kind::Mention if answers => "mail-replied",
        Kind::Mention => "mail-mentioned",
        Kind::Status => "mail-wrote",
        Kind::Reblog => "mail-reposted",
        Kind::Follow => "mail-followed",
        Kind::FollowRequest => "mail-asks-to-follow",
        Kind::Favourite => "mail-liked",
        Kind::Update => "mail-changed",
        Kind::Reaction => "mail-reacted",
        Kind::Poll => "mail-poll-ended",
        Kind::Quote => "mail-quoted",
        Kind::QuoteRequest => "mail-asks-to-quote",
        Kind::ReplyRequest => "mail-asks-to-reply",
        Kind::AdminReport => "mail-reported",
    };
    let path = match (line.notification.kind, status) {
        (Kind::QuoteRequest | Kind::ReplyRequest, _) => "/requests".to_owned(),
        (_, Some(shown)) => path_of(shown),
        (Kind::AdminReport, None) => {
            line.notification.report_id.map_or_else(|| "/desk".to_owned(), |id| format!("/desk/reports/{id}"))
        }
        (Kind::FollowRequest, None) => "/notifications".to_owned(),
        (_, None) => format!("/@{}", line.account.acct()),
    };
    Said {
        what: words.say(language, key, &[("who", line.account.name().into())]),
        text: status.map_or_else(String::new, |shown| text_of(words, language, shown)),
        path,
    }
}

/// The beginning of a post. Of what was written to one alone, nothing leaves the site but that it was; of what stands
/// behind a warning, the warning.
fn text_of(words: &Words, language: Language, shown: &StatusView) -> String {
    let status = &shown.status;
    if matches!(status.visibility, Visibility::Direct | Visibility::Private) {
        return String::new();
    }
    if !status.spoiler_text.is_empty() {
        return words.say(language, "mail-with-warning", &[("warning", status.spoiler_text.as_str().into())]);
    }
    let text = excerpt(&status.content, CHARACTERS);
    if text.is_empty() && !shown.media.is_empty() {
        return words.say(language, "mail-an-image", &[]);
    }
    text
}

fn path_of(shown: &StatusView) -> String {
    format!("/@{}/{}", shown.account.acct(), shown.status.id)
}

impl Writer<'_> {
    /// A notification as a line of a letter.
    pub(super) fn item_of(&self, line: &NotificationView) -> Item {
        let said = said(&self.services.words, self.language, line);
        Item {
            what: said.what,
            site: site_of(&line.account),
            text: said.text,
            url: self.services.origin.at(&said.path),
        }
    }

    /// A post as a line of a letter; posts of other sites are read here, too.
    pub(super) fn item_of_post(&self, view: &StatusView) -> Item {
        let shown = view.shown();
        Item {
            what: self.say("mail-wrote", &[("who", shown.account.name().into())]),
            site: site_of(&shown.account),
            text: text_of(&self.services.words, self.language, shown),
            url: self.services.origin.at(&path_of(shown)),
        }
    }
}

fn site_of(account: &Account) -> Option<String> {
    (!account.is_local()).then(|| account.host.clone())
}
