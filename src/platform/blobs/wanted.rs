//! Which part of a blob is wanted: players fetch a video piece by piece.
//!
//! Spec: <https://www.rfc-editor.org/rfc/rfc9110#name-range-requests>

use std::ops::Range;

/// One range of bytes, as a request names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// From this byte to the end.
    From(u64),
    /// From the first to the second, both included.
    Between(u64, u64),
    /// That many at the end.
    Last(u64),
}

impl Wanted {
    /// Reads the header `Range`. What is no range, and several at once, are passed over: then the whole is sent.
    pub fn from_header(text: &str) -> Option<Self> {
        let (first, last) = text.trim().strip_prefix("bytes=")?.split_once('-')?;
        let number = |text: &str| {
            let text = text.trim();
            let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| text.parse::<u64>().ok()).flatten()
        };
        match (first.trim().is_empty(), last.trim().is_empty()) {
            (false, true) => number(first).map(Self::From),
            (true, false) => number(last).map(Self::Last),
            (false, false) => {
                let (first, last) = (number(first)?, number(last)?);
                (first <= last).then_some(Self::Between(first, last))
            }
            (true, true) => None,
        }
    }

    /// The same within a blob of `length` bytes; `None` if none of it is there.
    pub fn within(self, length: u64) -> Option<Range<u64>> {
        let range = match self {
            Self::From(first) => first..length,
            Self::Between(first, last) => first..length.min(last.saturating_add(1)),
            Self::Last(count) => length.saturating_sub(count)..length,
        };
        (range.start < range.end).then_some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_and_cut_to_what_is_there() {
        let within = |text: &str| Wanted::from_header(text).and_then(|wanted| wanted.within(10));

        assert_eq!(within("bytes=0-"), Some(0..10));
        assert_eq!(within("bytes=2-3"), Some(2..4));
        assert_eq!(within("bytes=8-99999999999999999999"), None, "no number");
        assert_eq!(within("bytes=8-18446744073709551615"), Some(8..10));
        assert_eq!(within("bytes=-4"), Some(6..10));
        assert_eq!(within("bytes=-40"), Some(0..10));
        assert_eq!(within("bytes=10-"), None);
        assert_eq!(within("bytes=-0"), None);
    }

    #[test]
    fn what_is_no_single_range_is_passed_over() {
        for text in
            ["", "bytes", "bytes=", "bytes=-", "bytes=3-2", "bytes=0-1,4-5", "lines=1-2", "bytes=+1-2"]
        {
            assert_eq!(Wanted::from_header(text), None, "{text}");
        }
    }
}
