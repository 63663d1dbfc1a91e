//! Words for times and states, as the commands print them.

use crate::base::Millis;
use crate::domain::organisation::deliveries::{Cause, Passage, SiteQueue, State};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// As in "3 min" or "2 h"; never less than "0 s".
pub fn span(millis: i64) -> String {
    let seconds = millis.max(0) / 1000;
    match seconds {
        ..MINUTE => format!("{seconds} s"),
        MINUTE..HOUR => format!("{} min", seconds / MINUTE),
        HOUR..DAY => format!("{} h", seconds / HOUR),
        _ => format!("{} d", seconds / DAY),
    }
}

/// A moment with how long ago or how far away it is.
pub fn moment(at: Millis, now: Millis) -> String {
    let distance = span((now.0 - at.0).abs());
    let said = if at > now { format!("in {distance}") } else { format!("{distance} ago") };
    format!("{} ({said})", at.timestamp().strftime("%Y-%m-%d %H:%M:%S UTC"))
}

/// How deliveries to a site stand, in a few words.
pub fn queue(queue: &SiteQueue, now: Millis) -> String {
    let mut said = Vec::new();
    if let Some(since) = queue.unavailable_since {
        said.push(format!("gone since {}", span(now.0 - since.0)));
    } else if queue.failures > 0 {
        said.push("not answering".to_owned());
    }
    if queue.waiting > 0 {
        said.push(format!("{} waiting, the oldest for {}", queue.waiting, span(queue.lag(now))));
    }
    if queue.dead > 0 {
        said.push(format!("{} given up", queue.dead));
    }
    if said.is_empty() { "nothing waits".to_owned() } else { said.join(", ") }
}

/// Why something was given up.
pub fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Refused => "refused",
        Cause::Unreachable => "not reached",
        Cause::Stopped => "stopped here",
    }
}

/// Where an activity is, in a sentence.
pub fn passage(passage: &Passage, now: Millis) -> String {
    match &passage.state {
        State::Arrived { at } => format!("arrived {}", moment(*at, now)),
        State::Waiting { attempts: 0, error: None, .. } => "waits for its turn".to_owned(),
        State::Waiting { attempts, error, retry_at, unavailable } => {
            let next = match retry_at {
                Some(at) if *at > now => format!("next attempt in {}", span(at.0 - now.0)),
                _ => "next attempt now".to_owned(),
            };
            let gone = if *unavailable { "the site is gone; " } else { "" };
            let error = error.as_deref().unwrap_or("not tried yet");
            format!("waits, {attempts} attempts, {gone}{next}: {error}")
        }
        State::Dead { at, cause, error } => {
            format!("given up {} ({}): {error}", moment(*at, now), self::cause(*cause))
        }
        State::Dropped { at, error } => format!("thrown away {}: {error}", moment(*at, now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_said_as_one_would_say_it() {
        for (millis, expected) in
            [(-5, "0 s"), (59_999, "59 s"), (60_000, "1 min"), (7_200_000, "2 h"), (172_800_000, "2 d")]
        {
            assert_eq!(span(millis), expected);
        }
    }
}
