//! Samples of the pages where one writes, and of what one has not posted yet.

use super::Samples;
use super::posts::{composer, kept, posts};
use crate::base::Millis;
use crate::base::id::{ScheduledId, StatusId};
use crate::web::pages::compose::Compose;
use crate::web::pages::drafts::{Drafts, Waiting};
use crate::web::views::{Composer, KeptImage, Time, wrong};

pub fn compose() -> Samples<Compose> {
    let page = |heading, to: &str, composer| Compose { heading, to: to.into(), answers: None, composer };
    let new = page("compose-new", "", composer());
    let reply = Compose {
        answers: posts().into_iter().next(),
        ..page(
            "compose-reply",
            "Bob Okafor",
            Composer {
                label: "compose-reply",
                placeholder: "compose-reply",
                to: "Bob Okafor".into(),
                text: "@bob@sales.example.org ".into(),
                reply_to: Some(StatusId(101)),
                title: None,
                open: true,
                button: "compose-do-reply",
                errors: wrong("text", "Write something, or add an image."),
                ..composer()
            },
        )
    };
    let two = vec![kept(), KeptImage { alt: String::new(), focus: "0.50,-0.20".into(), ..kept() }];
    let edit = Composer {
        kept: two,
        slots: 2,
        reaches: vec![],
        edits: Some(StatusId(5)),
        button: "compose-save",
        ..composer()
    };
    let quote = Compose {
        answers: posts().into_iter().next(),
        ..page(
            "compose-quote",
            "Bob Okafor",
            Composer { quote_of: Some(StatusId(101)), poll: None, ..composer() },
        )
    };
    let everything = Composer {
        note: Some("compose-signed-anew"),
        draft: "7.3".into(),
        planned: Some(ScheduledId(8)),
        later: "2026-03-10T12:00".into(),
        title: Some("Donaudampfschifffahrtsgesellschaftskapitän".repeat(3)),
        text: "**Hello** ".repeat(80),
        preview: Some("<p><strong>Hello</strong></p>".into()),
        warning: "Long".into(),
        sensitive: true,
        repliers: "nobody".into(),
        errors: wrong("later", "The time must be at least 5 minutes from now."),
        ..composer()
    };
    vec![
        ("new", new),
        ("reply", reply),
        ("quote", quote),
        ("edit", page("compose-edit", "", edit)),
        ("everything", page("compose-new", "", everything)),
    ]
}

pub fn drafts() -> Samples<Drafts> {
    let now = Millis(1_767_323_045_000);
    let one = |id, kind, text: &str| Waiting {
        id,
        kind,
        text: text.into(),
        images: 0,
        at: Time::at(now, now),
        problem: None,
    };
    let usual = Drafts {
        drafts: vec![
            one(1, "drafts-post", "Minutes of <Monday>"),
            Waiting { images: 2, ..one(2, "drafts-reply", "") },
            one(3, "drafts-edit", &"Donaudampfschifffahrtsgesellschaft".repeat(8)),
        ],
        planned: vec![
            one(4, "drafts-post", "The canteen opens at eleven"),
            Waiting {
                problem: Some("status not found".into()),
                images: 1,
                ..one(5, "drafts-quote", "Indeed")
            },
        ],
    };
    vec![("empty", Drafts { drafts: vec![], planned: vec![] }), ("usual", usual)]
}
