//! Samples of the page where one writes.

use super::Samples;
use super::posts::{composer, kept, posts};
use crate::base::id::StatusId;
use crate::web::pages::compose::Compose;
use crate::web::views::{Composer, wrong};

pub fn compose() -> Samples<Compose> {
    let new = Compose { heading: "New post".into(), answers: None, composer: composer() };
    let reply = Compose {
        heading: "Reply to Bob Okafor".into(),
        answers: posts().into_iter().next(),
        composer: Composer {
            text: "@bob@sales.example.org ".into(),
            reply_to: Some(StatusId(101)),
            open: true,
            errors: wrong("text", "Write something, or add an image."),
            ..composer()
        },
    };
    let edit = Compose {
        heading: "Edit post".into(),
        answers: None,
        composer: Composer { kept: vec![kept()], slots: 3, reaches: vec![], button: "Save", ..composer() },
    };
    let quote = Compose {
        heading: "Quote Bob Okafor".into(),
        answers: posts().into_iter().next(),
        composer: Composer { quote_of: Some(StatusId(101)), poll: None, ..composer() },
    };
    vec![("new", new), ("reply", reply), ("quote", quote), ("edit", edit)]
}
