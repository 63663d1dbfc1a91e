//! From a poll and the signs under a post to what a page shows of them.

use super::views::{Poll, PollRow, Sign, Time};
use crate::base::Millis;
use crate::domain::statuses::PollView;
use crate::domain::statuses::react::{Reaction, emoji_path};

/// A poll, for a reader who is signed in or not.
pub fn poll(view: &PollView, signed_in: bool, now: Millis) -> Poll {
    let all = view.votes_count();
    // With several choices the shares are of people, so each can be up to all of them.
    let whole = match view.poll.voters_count {
        Some(voters) if view.poll.multiple && voters > 0 => voters,
        _ => all,
    };
    let shown = view.shows_totals();
    let end = view.poll.expires_at;
    Poll {
        options: view
            .options
            .iter()
            .map(|option| PollRow {
                title: option.title.clone(),
                votes: option.votes_count,
                percent: percent(option.votes_count, whole),
                mine: view.own_votes.contains(&option.position),
            })
            .collect(),
        multiple: view.poll.multiple,
        may_vote: signed_in && !view.over && !view.mine && view.own_votes.is_empty(),
        shows_totals: shown,
        turnout: turnout(view, shown),
        left: end.filter(|_| !view.over).map(|end| left(end.0 - now.0)).unwrap_or_default(),
        ended: end.filter(|_| view.over).map(|end| Time::at(end, now)),
    }
}

/// Signs under a post.
pub fn sign(reaction: &Reaction) -> Sign {
    let name = match reaction.emoji {
        Some(_) => format!(":{}:", reaction.name.split('@').next().unwrap_or_default()),
        None => reaction.name.clone(),
    };
    Sign { name, picture: reaction.emoji.map(emoji_path), count: reaction.count }
}

fn turnout(view: &PollView, shown: bool) -> String {
    match view.poll.voters_count {
        Some(1) => "1 person voted".to_owned(),
        Some(voters) => format!("{voters} people voted"),
        None if !shown => "Figures are shown at the end".to_owned(),
        None if view.votes_count() == 1 => "1 vote".to_owned(),
        None => format!("{} votes", view.votes_count()),
    }
}

fn percent(part: i64, whole: i64) -> i64 {
    if whole <= 0 { 0 } else { ((part.max(0) * 200 + whole) / (whole * 2)).min(100) }
}

/// The largest unit says enough.
fn left(millis: i64) -> String {
    let minutes = (millis / 60_000).max(1);
    let (count, unit) = match minutes {
        0..60 => (minutes, "minute"),
        60..1_440 => (minutes / 60, "hour"),
        _ => (minutes / 1_440, "day"),
    };
    format!("{count} {unit}{} left", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_and_never_more_than_all() {
        assert_eq!((percent(1, 3), percent(2, 3), percent(5, 4), percent(0, 0)), (33, 67, 100, 0));
    }

    #[test]
    fn what_is_left_is_said_in_the_largest_unit() {
        assert_eq!(left(30_000), "1 minute left");
        assert_eq!(left(59 * 60_000), "59 minutes left");
        assert_eq!(left(2 * 86_400_000 + 5), "2 days left");
    }
}
