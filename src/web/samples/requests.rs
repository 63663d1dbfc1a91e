//! Samples of the page of requests.

use super::posts::{bob, posts, time};
use crate::base::id::InteractionId;
use crate::web::pages::requests::Requests;
use crate::web::views::Request;

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
