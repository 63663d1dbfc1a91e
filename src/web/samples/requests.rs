//! Samples of the page of requests, and of the one on which somebody leaves.

use super::posts::{bob, posts, time};
use crate::base::id::InteractionId;
use crate::web::pages::leaving::{Leaving, LeavingForm};
use crate::web::pages::requests::Requests;
use crate::web::views::{Request, wrong};

pub fn requests() -> Vec<(&'static str, Requests)> {
    let request = |id, what| Request {
        id: InteractionId(id),
        person: bob(),
        what,
        at: time(12),
        words: "<p>How true. May I?</p>".into(),
        about: posts().into_iter().next(),
    };
    let requests = vec![request(1, "quote"), request(2, "reply")];
    vec![("full", Requests { requests }), ("empty", Requests { requests: vec![] })]
}

pub fn leaving() -> Vec<(&'static str, Leaving)> {
    let handle = "@ann@engineering.example.org".to_owned();
    let form = LeavingForm { errors: wrong("password", "⟦This is not your password.⟧") };
    let soon = Leaving {
        handle: handle.clone(),
        until: Some("9 January 2026, 03:04 UTC".into()),
        posts: 1,
        form: LeavingForm::default(),
    };
    vec![("leaving", Leaving { handle, until: None, posts: 1_204, form }), ("soon", soon)]
}
