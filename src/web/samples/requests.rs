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
    let requests = vec![request(1, "asks to quote your post"), request(2, "asks to reply to your post")];
    vec![("full", Requests { requests }), ("empty", Requests { requests: vec![] })]
}

pub fn leaving() -> Vec<(&'static str, Leaving)> {
    let handle = "@ann@engineering.example.org".to_owned();
    let form = LeavingForm { errors: wrong("password", "This is not your password.") };
    vec![("leaving", Leaving { handle, posts: 1_204, form })]
}
