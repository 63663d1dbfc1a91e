//! A moment: short in the text, whole on hover. The script turns it into the reader's own zone.

use serde::Serialize;

use crate::base::Millis;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A moment, to be shown.
#[derive(Clone, Debug, Serialize)]
pub struct Time {
    /// For programs.
    pub iso: String,
    /// As in "5 min" or "2 Jan".
    pub relative: String,
    /// As in "2 January 2026, 03:04 UTC".
    pub absolute: String,
}

impl Time {
    /// `at`, as one says it at `now`.
    pub fn at(at: Millis, now: Millis) -> Self {
        let moment = at.timestamp();
        let age = now.0 - at.0;
        let relative = match age {
            ..MINUTE => "now".to_owned(),
            MINUTE..HOUR => format!("{} min", age / MINUTE),
            HOUR..DAY => format!("{} h", age / HOUR),
            _ if age < 7 * DAY => format!("{} d", age / DAY),
            _ if same_year(at, now) => moment.strftime("%-d %b").to_string(),
            _ => moment.strftime("%-d %b %Y").to_string(),
        };
        Self { iso: at.to_rfc3339(), relative, absolute: moment.strftime("%-d %B %Y, %H:%M UTC").to_string() }
    }
}

fn same_year(a: Millis, b: Millis) -> bool {
    a.to_date()[..4] == b.to_date()[..4]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_as_one_would_say_it() {
        let now = Millis::from_rfc3339("2026-03-10T12:00:00Z").expect("a time");
        let said = |text: &str| Time::at(Millis::from_rfc3339(text).expect("a time"), now).relative;

        assert_eq!(said("2026-03-10T11:59:30Z"), "now");
        assert_eq!(said("2026-03-10T11:12:00Z"), "48 min");
        assert_eq!(said("2026-03-09T13:00:00Z"), "23 h");
        assert_eq!(said("2026-03-05T12:00:00Z"), "5 d");
        assert_eq!(said("2026-01-02T12:00:00Z"), "2 Jan");
        assert_eq!(said("2025-12-31T12:00:00Z"), "31 Dec 2025");
        assert_eq!(said("2027-01-01T00:00:00Z"), "now");
    }
}
