//! PEM, the part of it that keys need: one block, no headers inside.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc7468>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Longest PEM read, in bytes. A key of RSA-8192 needs about 1,600.
const LONGEST: usize = 16 * 1024;

/// The label ("PUBLIC KEY") and the bytes of the first block in `text`.
pub(super) fn decode(text: &str) -> Option<(&str, Vec<u8>)> {
    if text.len() > LONGEST {
        return None;
    }
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let (body, rest) = rest.split_once("-----END ")?;
    if !rest.trim_start().starts_with(label) {
        return None;
    }
    let body: String = body.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    Some((label, STANDARD.decode(body).ok()?))
}

pub(super) fn encode(label: &str, bytes: &[u8]) -> String {
    let body = STANDARD.encode(bytes);
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in body.as_bytes().chunks(64) {
        text.extend(line.iter().map(|byte| char::from(*byte)));
        text.push('\n');
    }
    text + &format!("-----END {label}-----\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        let bytes: Vec<u8> = (0..200).collect();
        let text = encode("PUBLIC KEY", &bytes);

        assert_eq!(decode(&text), Some(("PUBLIC KEY", bytes.clone())));
        assert_eq!(decode(&text.replace('\n', "\r\n")), Some(("PUBLIC KEY", bytes)));
    }

    #[test]
    fn broken_blocks_are_refused() {
        let broken = [
            "",
            "MIIB",
            "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            "-----BEGIN PUBLIC KEY-----\n%%%%\n-----END PUBLIC KEY-----",
        ];

        for text in broken {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
