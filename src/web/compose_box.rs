//! The composer of a page: what it offers, and to whom a post may go.

use super::consent::WHO;
use super::lens::{self, Lens};
use super::pages::compose::seal;
use super::poll_fields;
use super::state::Web;
use super::views::{Composer, Errors, Language, ReachChoice};
use super::visit::Signed;
use crate::domain::statuses::consent::quote::narrowed;
use crate::domain::statuses::{StatusView, Visibility};

/// To choose from, by the number of those who speak them where offices tend to be.
pub const LANGUAGES: &[Language] = &[
    Language { code: "", name: "As it reads" },
    Language { code: "en", name: "English" },
    Language { code: "de", name: "Deutsch" },
    Language { code: "fr", name: "Français" },
    Language { code: "es", name: "Español" },
    Language { code: "it", name: "Italiano" },
    Language { code: "nl", name: "Nederlands" },
    Language { code: "pl", name: "Polski" },
    Language { code: "pt", name: "Português" },
    Language { code: "cs", name: "Čeština" },
    Language { code: "da", name: "Dansk" },
    Language { code: "sv", name: "Svenska" },
    Language { code: "fi", name: "Suomi" },
    Language { code: "no", name: "Norsk" },
    Language { code: "hu", name: "Magyar" },
    Language { code: "ro", name: "Română" },
    Language { code: "tr", name: "Türkçe" },
    Language { code: "uk", name: "Українська" },
    Language { code: "ru", name: "Русский" },
    Language { code: "ar", name: "العربية" },
    Language { code: "he", name: "עברית" },
    Language { code: "fa", name: "فارسی" },
    Language { code: "hi", name: "हिन्दी" },
    Language { code: "zh", name: "中文" },
    Language { code: "ja", name: "日本語" },
    Language { code: "ko", name: "한국어" },
];

/// An empty composer for a new post.
pub fn new_post(web: &Web, signed: &Signed, lens: &Lens) -> Composer {
    let config = &web.services().config;
    let reaches = reaches(web, signed, lens, None);
    Composer {
        key: "new",
        label: "compose-label-new",
        placeholder: "compose-placeholder",
        to: String::new(),
        note: None,
        author: signed.account.id.to_string(),
        seal: seal(web, signed.account.id),
        draft: String::new(),
        edits: None,
        planned: None,
        later: String::new(),
        preview: None,
        action: "/compose".into(),
        once: web.services().random.token(),
        back: String::new(),
        reply_to: None,
        quote_of: None,
        who: WHO,
        repliers: signed.settings.replies.clone().unwrap_or_else(|| "public".to_owned()),
        quoters: signed.settings.quotes.clone().unwrap_or_else(|| "public".to_owned()),
        title: Some(String::new()),
        poll: Some(poll_fields::empty(&config.limits)),
        text: String::new(),
        limit: config.limits.status_characters as usize,
        warning: String::new(),
        sensitive: false,
        open: false,
        kept: Vec::new(),
        slots: config.limits.attachments as usize,
        language: String::new(),
        languages: LANGUAGES,
        reach: reaches.first().map_or(String::new(), |reach| reach.key.to_owned()),
        reaches,
        button: "compose-post",
        errors: Errors::new(),
    }
}

/// A composer for an answer: it names those who take part, and reaches at most as far as what it answers.
pub fn reply(web: &Web, signed: &Signed, lens: &Lens, parent: &StatusView) -> Composer {
    let parent = parent.shown();
    let me = signed.account.id;
    let named = std::iter::once(&parent.account).chain(&parent.mentions).filter(|account| account.id != me);
    let mut text = String::new();
    for account in named {
        let handle = format!("@{} ", account.acct());
        if !text.contains(&handle) {
            text.push_str(&handle);
        }
    }
    let reaches = reaches(web, signed, lens, Some(parent.status.visibility));
    Composer {
        key: "reply",
        label: "compose-reply",
        placeholder: "compose-reply",
        to: parent.account.name().to_owned(),
        reply_to: Some(parent.status.id),
        title: None,
        text,
        warning: parent.status.spoiler_text.clone(),
        open: !parent.status.spoiler_text.is_empty(),
        reach: reaches.first().map_or(String::new(), |reach| reach.key.to_owned()),
        reaches,
        button: "compose-do-reply",
        ..new_post(web, signed, lens)
    }
}

/// A composer for a post that quotes another, which it reaches at most as far as.
pub fn quote(web: &Web, signed: &Signed, lens: &Lens, quoted: &StatusView) -> Composer {
    let quoted = quoted.shown();
    let mut reaches = reaches(web, signed, lens, None);
    reaches.retain(|reach| {
        let wanted = Visibility::from_word(reach.key);
        wanted.is_some_and(|wanted| narrowed(wanted, &quoted.status).ok() == Some(wanted))
    });
    Composer {
        key: "quote",
        label: "compose-quote",
        to: quoted.account.name().to_owned(),
        quote_of: Some(quoted.status.id),
        poll: None,
        reach: reaches.first().map_or(String::new(), |reach| reach.key.to_owned()),
        reaches,
        ..new_post(web, signed, lens)
    }
}

/// The ladder of who will see it, widest first, never wider than what is answered.
fn reaches(web: &Web, signed: &Signed, lens: &Lens, parent: Option<Visibility>) -> Vec<ReachChoice> {
    let widest = web.services().config.site.open_to_web;
    let ladder = [
        Visibility::Public,
        Visibility::Organisation,
        Visibility::Site,
        Visibility::Private,
        Visibility::Direct,
    ];
    ladder
        .into_iter()
        .filter(|reach| widest || *reach != Visibility::Public)
        .filter(|reach| parent.is_none_or(|parent| reach.width() <= parent.width()))
        .map(|reach| ReachChoice {
            key: reach.word(),
            detail: match reach {
                Visibility::Organisation => lens.organisation(),
                Visibility::Site => lens.site_name().to_owned(),
                _ => String::new(),
            },
            people: signed.account.followers_count,
            icon: lens::icon(reach),
        })
        .collect()
}
