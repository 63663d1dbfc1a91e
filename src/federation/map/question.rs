//! Polls on the wire: a `Question` with its options, in both directions.

use crate::activitystreams::object::{Choice, Closed, NoteKind};
use crate::activitystreams::{Note, limits};
use crate::base::Millis;
use crate::base::text::{clean_line, to_plain};
use crate::domain::statuses::PollView;
use crate::domain::statuses::poll::{PollOption, ReceivedPoll};

/// `oneOf` and `anyOf`, one of which is empty. Figures that are kept back are left out.
pub(super) fn choices(poll: &PollView) -> (Vec<Choice>, Vec<Choice>) {
    let shown = poll.shows_totals();
    let choice = |option: &PollOption| {
        let votes = u64::try_from(option.votes_count).unwrap_or_default();
        Choice::new(option.title.clone(), shown.then_some(votes))
    };
    let choices = poll.options.iter().map(choice).collect();
    if poll.poll.multiple { (Vec::new(), choices) } else { (choices, Vec::new()) }
}

/// When it ended, if it has.
pub(super) fn closed(poll: &PollView) -> Option<Closed> {
    let at = poll.poll.expires_at.or(poll.poll.ended_at)?;
    poll.over.then_some(Closed::At(at))
}

/// People who voted.
pub(super) fn voters(poll: &PollView) -> Option<u64> {
    poll.poll.voters_count.and_then(|count| u64::try_from(count).ok())
}

/// The poll that a note carries; none if it is no `Question`, or one without options.
pub fn read(note: &Note, now: Millis) -> Option<ReceivedPoll> {
    if note.kind != NoteKind::Question {
        return None;
    }
    let multiple = !note.any_of.is_empty();
    let choices = if multiple { &note.any_of } else { &note.one_of };
    let choices = &choices[..choices.len().min(limits::POLL_OPTIONS)];
    let options: Vec<(String, i64)> = choices
        .iter()
        .map(|choice| (clean_line(&to_plain(&choice.name), limits::TITLE), number(choice.votes())))
        .collect();
    let closed = match note.closed {
        Some(Closed::At(at)) => Some(at.min(now)),
        Some(Closed::Already) => Some(now),
        None => None,
    };
    let expires_at = match (note.end_time, closed) {
        (Some(end), Some(closed)) => Some(end.min(closed)),
        (end, closed) => closed.or(end),
    };
    (!options.is_empty()).then(|| ReceivedPoll {
        hide_totals: choices.iter().all(|choice| choice.votes().is_none()),
        voters_count: note.voters_count.map(|count| number(Some(count))),
        options,
        multiple,
        expires_at,
    })
}

/// No more than can be added up.
fn number(count: Option<u64>) -> i64 {
    i64::from(u32::try_from(count.unwrap_or_default()).unwrap_or(u32::MAX))
}
