//! A poll in a form: what it offers, and what was typed.

use std::time::Duration;

use super::form::Posted;
use super::views::{PollFields, Span};
use crate::base::config::Limits;
use crate::domain::statuses::NewPoll;
use crate::domain::statuses::words::Question;

/// How long a poll may run, to choose from.
const SPANS: &[Span] = &[
    Span { seconds: 300, name: "5 minutes" },
    Span { seconds: 1_800, name: "30 minutes" },
    Span { seconds: 3_600, name: "1 hour" },
    Span { seconds: 21_600, name: "6 hours" },
    Span { seconds: 86_400, name: "1 day" },
    Span { seconds: 259_200, name: "3 days" },
    Span { seconds: 604_800, name: "7 days" },
    Span { seconds: 1_209_600, name: "14 days" },
    Span { seconds: 2_592_000, name: "30 days" },
];
/// What is chosen at first.
const USUAL: u64 = 86_400;

/// An empty one.
pub fn empty(limits: &Limits) -> PollFields {
    PollFields {
        options: vec![String::new(); limits.poll_options as usize],
        spans: SPANS,
        span: USUAL,
        multiple: false,
        hide_totals: false,
        open: false,
    }
}

/// With what was typed.
pub fn fill(fields: &mut PollFields, question: &Question) {
    for (field, typed) in fields.options.iter_mut().zip(&question.options) {
        typed.clone_into(field);
    }
    fields.span = question.seconds;
    fields.multiple = question.multiple;
    fields.hide_totals = question.hide_totals;
    fields.open = fields.options.iter().any(|option| !option.trim().is_empty());
}

/// The poll that was typed; none if every option was left empty.
pub fn typed(posted: &Posted) -> Option<NewPoll> {
    let options: Vec<String> =
        posted.all("poll_option").filter(|option| !option.trim().is_empty()).map(str::to_owned).collect();
    (!options.is_empty()).then(|| NewPoll {
        options,
        expires_in: Duration::from_secs(span(posted)),
        multiple: posted.checked("poll_multiple"),
        hide_totals: posted.checked("poll_hide"),
    })
}

fn span(posted: &Posted) -> u64 {
    posted.get("poll_span").parse().unwrap_or(USUAL)
}
