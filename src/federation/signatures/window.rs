//! When a signature counts.

use super::{Received, SignatureError};

/// Longest life that a signature may give itself, in seconds; Mastodon's limit.
const LONGEST_LIFE: i64 = 12 * 60 * 60;

/// Holds the times of a signature, in seconds since 1970, against the clock.
///
/// Without `expires` it counts as long as clocks may differ; with it, until then, but never longer than 12 hours.
pub(super) fn check(received: &Received<'_>, made: i64, expires: Option<i64>) -> Result<(), SignatureError> {
    let now = received.now.seconds();
    let skew = i64::try_from(received.skew.as_secs()).unwrap_or(i64::MAX);
    let age = now.saturating_sub(made);
    if age < -skew {
        return Err(SignatureError::Future { seconds: age.saturating_neg() });
    }
    let longest = if expires.is_some() { LONGEST_LIFE } else { skew };
    if age > longest {
        return Err(SignatureError::Stale { seconds: age });
    }
    match expires {
        Some(expires) if expires < now => {
            Err(SignatureError::Expired { seconds: now.saturating_sub(expires) })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::{HeaderMap, Method};
    use url::Url;

    use super::*;
    use crate::base::Millis;

    #[test]
    fn a_signature_counts_for_an_hour_or_as_long_as_it_says_up_to_twelve() {
        const HOUR: i64 = 3600;
        let now = 1_000_000;
        let table = [
            (now, None, Ok(())),
            (now - HOUR, None, Ok(())),
            (now - HOUR - 1, None, Err(SignatureError::Stale { seconds: 3601 })),
            (now + HOUR, None, Ok(())),
            (now + HOUR + 1, None, Err(SignatureError::Future { seconds: 3601 })),
            (now - 2 * HOUR, Some(now), Ok(())),
            (now - 2 * HOUR, Some(now - 1), Err(SignatureError::Expired { seconds: 1 })),
            (now - 12 * HOUR, Some(now + HOUR), Ok(())),
            (now - 12 * HOUR - 1, Some(now + HOUR), Err(SignatureError::Stale { seconds: 43201 })),
            (i64::MIN, None, Err(SignatureError::Stale { seconds: i64::MAX })),
        ];

        let (site, headers) = (Url::parse("https://a.example/").expect("a URL"), HeaderMap::new());
        let received = Received {
            method: &Method::GET,
            site: &site,
            target: "/",
            headers: &headers,
            body: None,
            now: Millis(now * 1000),
            skew: Duration::from_hours(1),
        };
        for (made, expires, verdict) in table {
            assert_eq!(check(&received, made, expires), verdict, "{made} {expires:?}");
        }
    }
}
