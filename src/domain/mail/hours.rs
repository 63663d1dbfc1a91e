//! Hours of rest and times of digests, in a person's own zone. Pure: all facts come in.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Zoned};

use crate::base::Millis;
use crate::base::config::DigestRhythm;

/// Hours in which nobody is written to: from the first up to the last, perhaps over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    from: i8,
    until: i8,
}

impl Quiet {
    /// From one full hour (0 to 23) to another; `None` if they are the same or none at all.
    pub fn new(from: i64, until: i64) -> Option<Self> {
        let hour = |hour: i64| i8::try_from(hour).ok().filter(|hour| (0..24).contains(hour));
        let (from, until) = (hour(from)?, hour(until)?);
        (from != until).then_some(Self { from, until })
    }

    fn holds(self, hour: i8) -> bool {
        if self.from < self.until {
            (self.from..self.until).contains(&hour)
        } else {
            hour >= self.from || hour < self.until
        }
    }

    /// The first moment from `at` on that is not in these hours.
    pub fn end(self, at: Millis, zone: &TimeZone) -> Millis {
        let local = at.timestamp().to_zoned(zone.clone());
        if !self.holds(local.hour()) {
            return at;
        }
        let over_midnight = self.from > self.until && local.hour() >= self.from;
        let date = if over_midnight { local.date().tomorrow().ok() } else { Some(local.date()) };
        let end = date.and_then(|date| moment(date, self.until, zone));
        // Where the clocks are set back, the end may be there twice; later is better than in the night.
        end.filter(|end| *end > at).unwrap_or(at)
    }
}

/// The first moment after `after` at which a digest is due: at a full hour, each day or on one day of the week (from 1
/// for Monday). An hour that a day does not have, since clocks are set on, counts as the next.
pub fn next_digest(
    after: Millis,
    zone: &TimeZone,
    rhythm: DigestRhythm,
    weekday: i64,
    hour: i64,
) -> Option<Millis> {
    if rhythm == DigestRhythm::Never {
        return None;
    }
    let hour = i8::try_from(hour.clamp(0, 23)).ok()?;
    let mut date = after.timestamp().to_zoned(zone.clone()).date();
    for _ in 0..=8 {
        let is_day = rhythm == DigestRhythm::Daily
            || i64::from(date.weekday().to_monday_one_offset()) == weekday.clamp(1, 7);
        if is_day && let Some(due) = moment(date, hour, zone).filter(|due| *due > after) {
            return Some(due);
        }
        date = date.tomorrow().ok()?;
    }
    None
}

/// How long a digest looks back that has no one before it.
pub fn span_of(rhythm: DigestRhythm) -> SignedDuration {
    match rhythm {
        DigestRhythm::Daily | DigestRhythm::Never => SignedDuration::from_hours(24),
        DigestRhythm::Weekly => SignedDuration::from_hours(7 * 24),
    }
}

fn moment(date: Date, hour: i8, zone: &TimeZone) -> Option<Millis> {
    let at: Zoned = date.at(hour, 0, 0, 0).to_zoned(zone.clone()).ok()?;
    Some(Millis(at.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Millis {
        Millis::from_rfc3339(text).expect("a time")
    }

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").expect("the machine knows Berlin")
    }

    #[test]
    fn nobody_is_written_to_at_night() {
        let night = Quiet::new(22, 7).expect("hours");
        // Summer time: two hours ahead of UTC.
        for (asked, allowed) in [
            ("2026-07-01T19:59:59Z", "2026-07-01T19:59:59Z"),
            ("2026-07-01T20:00:00Z", "2026-07-02T05:00:00Z"),
            ("2026-07-01T22:30:00Z", "2026-07-02T05:00:00Z"),
            ("2026-07-02T04:59:59Z", "2026-07-02T05:00:00Z"),
            ("2026-07-02T05:00:00Z", "2026-07-02T05:00:00Z"),
            // Winter: one hour.
            ("2026-01-01T22:00:00Z", "2026-01-02T06:00:00Z"),
            // The nights in which the clocks are set on and back.
            ("2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z"),
            ("2026-10-24T21:00:00Z", "2026-10-25T06:00:00Z"),
        ] {
            assert_eq!(night.end(at(asked), &berlin()), at(allowed), "{asked}");
        }
    }

    #[test]
    fn hours_within_a_day_are_quiet_too() {
        let noon = Quiet::new(12, 14).expect("hours");

        assert_eq!(noon.end(at("2026-07-01T10:30:00Z"), &berlin()), at("2026-07-01T12:00:00Z"));
        assert_eq!(noon.end(at("2026-07-01T12:30:00Z"), &berlin()), at("2026-07-01T12:30:00Z"));
        assert_eq!(Quiet::new(7, 7), None);
        assert_eq!(Quiet::new(7, 24), None);
        assert_eq!(Quiet::new(-1, 7), None);
    }

    #[test]
    fn an_end_that_the_day_does_not_have_is_the_next_hour() {
        // At two the clocks are set on to three.
        let night = Quiet::new(22, 2).expect("hours");
        assert_eq!(night.end(at("2026-03-29T00:30:00Z"), &berlin()), at("2026-03-29T01:00:00Z"));
        // At three they are set back to two: half past two comes twice, and neither is in these hours.
        for twice in ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"] {
            assert_eq!(night.end(at(twice), &berlin()), at(twice));
        }
    }

    #[test]
    fn a_digest_keeps_its_hour_over_the_change_of_clocks() {
        let daily = |after: &str| next_digest(at(after), &berlin(), DigestRhythm::Daily, 1, 8);

        assert_eq!(daily("2026-03-27T12:00:00Z"), Some(at("2026-03-28T07:00:00Z")));
        assert_eq!(daily("2026-03-28T07:00:00Z"), Some(at("2026-03-29T06:00:00Z")));
        assert_eq!(daily("2026-10-24T06:00:00Z"), Some(at("2026-10-25T07:00:00Z")));
        assert_eq!(daily("2026-10-25T06:59:59Z"), Some(at("2026-10-25T07:00:00Z")));
    }

    #[test]
    fn a_weekly_digest_comes_on_its_day() {
        // The first of July 2026 is a Wednesday.
        let weekly = |day, after: &str| next_digest(at(after), &berlin(), DigestRhythm::Weekly, day, 8);

        assert_eq!(weekly(3, "2026-07-01T05:59:00Z"), Some(at("2026-07-01T06:00:00Z")));
        assert_eq!(weekly(3, "2026-07-01T06:00:00Z"), Some(at("2026-07-08T06:00:00Z")));
        assert_eq!(weekly(1, "2026-07-01T06:00:00Z"), Some(at("2026-07-06T06:00:00Z")));
        assert_eq!(next_digest(at("2026-07-01T06:00:00Z"), &berlin(), DigestRhythm::Never, 1, 8), None);
    }

    #[test]
    fn a_digest_at_an_hour_that_is_missing_comes_all_the_same() {
        let due = next_digest(at("2026-03-28T12:00:00Z"), &berlin(), DigestRhythm::Daily, 1, 2);

        assert_eq!(due, Some(at("2026-03-29T01:00:00Z")));
    }
}
