//! Polls: what a post asks, and the rules of voting.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::base::config::Limits;
use crate::base::id::StatusId;
use crate::base::text::clean_line;
use crate::base::{Error, Millis, Result};

/// The fewest options.
pub const FEWEST: usize = 2;
/// The longest option, in characters.
pub const OPTION_CHARACTERS: usize = 100;
/// How long a poll runs at least.
pub const SHORTEST: Duration = Duration::from_mins(5);
/// How long a poll runs at most.
pub const LONGEST: Duration = Duration::from_hours(30 * 24);

/// What a person wants to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPoll {
    /// What to choose from.
    pub options: Vec<String>,
    /// How long it runs.
    pub expires_in: Duration,
    /// Several options may be chosen.
    pub multiple: bool,
    /// Nobody sees the figures before the end.
    pub hide_totals: bool,
}

impl NewPoll {
    /// With clean options, if it keeps the rules.
    ///
    /// # Errors
    /// [`Error::Invalid`] for too few, too many, too long, empty or equal options, or too short or long a time.
    pub fn check(self, limits: &Limits) -> Result<Self> {
        let most = limits.poll_options as usize;
        let options: Vec<String> =
            self.options.iter().map(|option| clean_line(option, OPTION_CHARACTERS + 1)).collect();
        if !(FEWEST..=most).contains(&options.len()) {
            return Err(Error::invalid("poll[options]", format!("must be {FEWEST} to {most}")));
        }
        if options.iter().any(String::is_empty) {
            return Err(Error::invalid("poll[options]", "must not be empty"));
        }
        if options.iter().any(|option| option.chars().count() > OPTION_CHARACTERS) {
            return Err(Error::invalid(
                "poll[options]",
                format!("must have at most {OPTION_CHARACTERS} characters each"),
            ));
        }
        if options.iter().collect::<BTreeSet<_>>().len() < options.len() {
            return Err(Error::invalid("poll[options]", "must differ from one another"));
        }
        if !(SHORTEST..=LONGEST).contains(&self.expires_in) {
            return Err(Error::invalid(
                "poll[expires_in]",
                format!("must be {} to {} seconds", SHORTEST.as_secs(), LONGEST.as_secs()),
            ));
        }
        Ok(Self { options, ..self })
    }
}

/// A poll of another site, as its origin tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedPoll {
    /// Each with its votes.
    pub options: Vec<(String, i64)>,
    /// Several options may be chosen.
    pub multiple: bool,
    /// The figures are kept back.
    pub hide_totals: bool,
    /// When it ends or ended.
    pub expires_at: Option<Millis>,
    /// People who voted, if its origin says.
    pub voters_count: Option<i64>,
}

impl ReceivedPoll {
    /// What to choose from.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.options.iter().map(|(title, _)| title.as_str())
    }
}

/// A poll as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Poll {
    /// The post that asks.
    pub status_id: StatusId,
    /// Several options may be chosen.
    pub multiple: bool,
    /// Nobody sees the figures before the end.
    pub hide_totals: bool,
    /// When it ends; never if not set.
    pub expires_at: Option<Millis>,
    /// People who voted, if known.
    pub voters_count: Option<i64>,
    /// When its end was told here.
    pub ended_at: Option<Millis>,
    /// When the figures of a poll of another site were last heard.
    pub fetched_at: Option<Millis>,
}

impl Poll {
    /// Whether it has ended.
    pub fn is_over(&self, now: Millis) -> bool {
        self.ended_at.is_some() || self.expires_at.is_some_and(|end| end <= now)
    }
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PollOption {
    /// The post that asks.
    pub status_id: StatusId,
    /// Its place, from 0.
    pub position: i64,
    /// What it says.
    pub title: String,
    /// How many chose it.
    pub votes_count: i64,
}

/// A poll as one reader sees it.
#[derive(Clone, Debug)]
pub struct PollView {
    /// The poll.
    pub poll: Poll,
    /// In order.
    pub options: Vec<PollOption>,
    /// Whether it has ended.
    pub over: bool,
    /// Whether the reader asked.
    pub mine: bool,
    /// What the reader chose, by place.
    pub own_votes: Vec<i64>,
}

impl PollView {
    /// Whether the figures are for everybody to see.
    pub fn shows_totals(&self) -> bool {
        self.over || !self.poll.hide_totals
    }

    /// All votes.
    pub fn votes_count(&self) -> i64 {
        self.options.iter().map(|option| option.votes_count).sum()
    }

    /// Whether the options are these, in this order.
    pub fn offers<'a>(&self, titles: impl Iterator<Item = &'a str>) -> bool {
        self.options.iter().map(|option| option.title.as_str()).eq(titles)
    }
}

/// The choices of a ballot as a set, if they keep the rules of the poll.
///
/// # Errors
/// [`Error::Invalid`] for none, several where one is asked for, or an option that is not there.
pub fn check_choices(choices: &[i64], options: usize, multiple: bool) -> Result<BTreeSet<i64>> {
    let chosen: BTreeSet<i64> = choices.iter().copied().collect();
    if chosen.is_empty() {
        return Err(Error::invalid("choices", "must name an option"));
    }
    if chosen.len() > 1 && !multiple {
        return Err(Error::invalid("choices", "must name one option only"));
    }
    if chosen.iter().any(|choice| usize::try_from(*choice).map_or(true, |at| at >= options)) {
        return Err(Error::invalid("choices", "must name options of this poll"));
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll(options: &[&str], minutes: u64) -> NewPoll {
        NewPoll {
            options: options.iter().map(|&option| option.to_owned()).collect(),
            expires_in: Duration::from_mins(minutes),
            ..NewPoll::default()
        }
    }

    #[test]
    fn a_poll_keeps_the_rules() {
        let limits = Limits::default();
        let long = "x".repeat(101);

        assert_eq!(poll(&[" Tea ", "Coffee"], 5).check(&limits).expect("taken").options, ["Tea", "Coffee"]);
        for bad in [
            poll(&["Tea"], 5),
            poll(&["a", "b", "c", "d", "e"], 5),
            poll(&["Tea", " "], 5),
            poll(&["Tea", "Tea "], 5),
            poll(&["Tea", &long], 5),
            poll(&["Tea", "Coffee"], 4),
            poll(&["Tea", "Coffee"], 30 * 24 * 60 + 1),
        ] {
            assert!(matches!(bad.clone().check(&limits), Err(Error::Invalid { .. })), "{bad:?}");
        }
    }

    #[test]
    fn a_ballot_keeps_the_rules() {
        assert_eq!(check_choices(&[1, 1], 2, false).expect("taken").len(), 1);
        assert_eq!(check_choices(&[1, 0], 2, true).expect("taken").len(), 2);
        for (choices, multiple) in [(&[][..], true), (&[0, 1], false), (&[2], true), (&[-1], false)] {
            assert!(check_choices(choices, 2, multiple).is_err(), "{choices:?}");
        }
    }
}
