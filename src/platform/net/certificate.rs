//! Until when a certificate is valid: the one thing about it that an administrator must know in time.
//!
//! Whether it is to be trusted is decided by the TLS library; this only reads a date out of DER.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc5280#section-4.1>

use crate::base::Millis;

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// The end of the validity of a certificate in DER; `None` if it is none.
pub fn not_after(der: &[u8]) -> Option<Millis> {
    let (certificate, _) = expect(der, SEQUENCE)?;
    let (mut rest, _) = expect(certificate, SEQUENCE)?;
    if rest.first() == Some(&VERSION) {
        rest = element(rest)?.2;
    }
    // Serial number, algorithm, issuer.
    for _ in 0..3 {
        rest = element(rest)?.2;
    }
    let (validity, _) = expect(rest, SEQUENCE)?;
    let (_, _, rest) = element(validity)?;
    let (tag, value, _) = element(rest)?;
    time(tag, std::str::from_utf8(value).ok()?)
}

fn time(tag: u8, text: &str) -> Option<Millis> {
    let (year, rest) = match tag {
        UTC_TIME => {
            let year: i16 = text.get(..2)?.parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, text.get(2..)?)
        }
        GENERALIZED_TIME => (text.get(..4)?.parse().ok()?, text.get(4..)?),
        _ => return None,
    };
    let part = |at: usize| rest.get(at..at + 2)?.parse::<i8>().ok();
    let at = jiff::civil::DateTime::new(year, part(0)?, part(2)?, part(4)?, part(6)?, part(8)?, 0).ok()?;
    let at = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Millis(at.timestamp().as_millisecond()))
}

/// The inside of an element that must have this tag, and what comes after it.
fn expect(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, inside, rest) = element(der)?;
    (found == tag).then_some((inside, rest))
}

/// Tag, inside and what comes after the first element.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x83 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (inside, rest) = rest.split_at_checked(length)?;
    Some((tag, inside, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_certificate_is_read() {
        let until = rcgen::date_time_ymd(2031, 5, 17);
        let mut params = rcgen::CertificateParams::new(vec!["sales.example.org".to_owned()]).expect("a name");
        params.not_after = until;
        let key = rcgen::KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate");

        let read = not_after(certificate.der()).expect("a date");

        assert_eq!(read.to_rfc3339(), "2031-05-17T00:00:00.000Z");
        params_of_the_far_future(&key);
    }

    fn params_of_the_far_future(key: &rcgen::KeyPair) {
        let mut params = rcgen::CertificateParams::new(vec!["sales.example.org".to_owned()]).expect("a name");
        params.not_after = rcgen::date_time_ymd(2060, 1, 2);
        let certificate = params.self_signed(key).expect("a certificate");

        assert_eq!(not_after(certificate.der()).expect("a date").to_date(), "2060-01-02");
    }

    #[test]
    fn rubbish_is_no_certificate() {
        for der in [&b""[..], b"\x30", b"\x30\x84\xff\xff\xff\xff", b"\x30\x03\x30\x01", &[0x30; 300]] {
            assert_eq!(not_after(der), None);
        }
    }
}
