//! How to sign towards a host, and what was learnt about it.
//!
//! Our own sites speak RFC 9421 with Ed25519: signing so costs a sixtieth of RSA. A closed site addresses
//! everybody so at first, since its peers are likely to be of our kind; an open site begins with
//! draft-cavage and RSA, which all understand. Who refuses that is tried once more in the other style, and
//! what worked is remembered.

use moka::sync::Cache;

use crate::platform::crypto::KeyKind;

/// A style and a kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    CavageRsa,
    Rfc9421Rsa,
    Rfc9421Ed25519,
}

impl Voice {
    pub fn key(self) -> KeyKind {
        match self {
            Self::CavageRsa | Self::Rfc9421Rsa => KeyKind::Rsa,
            Self::Rfc9421Ed25519 => KeyKind::Ed25519,
        }
    }

    /// What to try when this one was refused.
    pub fn second_knock(self) -> Self {
        match self {
            Self::CavageRsa => Self::Rfc9421Rsa,
            Self::Rfc9421Rsa | Self::Rfc9421Ed25519 => Self::CavageRsa,
        }
    }
}

/// Whether an answer may mean "I do not understand this signature".
pub fn is_refusal(status: http::StatusCode) -> bool {
    matches!(status.as_u16(), 400 | 401 | 403)
}

/// What is known of hosts. Kept in memory: relearning costs one request.
#[derive(Clone, Debug)]
pub struct Voices {
    at_first: Voice,
    known: Cache<String, Voice>,
}

impl Voices {
    /// `at_first` is for hosts that nothing is known of.
    pub fn new(at_first: Voice) -> Self {
        Self { at_first, known: Cache::new(10_000) }
    }

    /// How to address `host` first.
    pub fn towards(&self, host: &str) -> Voice {
        self.known.get(host).unwrap_or(self.at_first)
    }

    /// `host` understood `voice`.
    pub fn learn(&self, host: &str, voice: Voice) {
        if self.known.get(host) != Some(voice) {
            self.known.insert(host.to_owned(), voice);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_hosts_hear_the_first_voice_and_are_remembered() {
        let voices = Voices::new(Voice::CavageRsa);
        assert_eq!(voices.towards("a.example"), Voice::CavageRsa);

        voices.learn("a.example", Voice::Rfc9421Ed25519);

        assert_eq!(voices.towards("a.example"), Voice::Rfc9421Ed25519);
        assert_eq!(voices.towards("b.example"), Voice::CavageRsa);
    }

    #[test]
    fn the_second_knock_is_another_voice() {
        for voice in [Voice::CavageRsa, Voice::Rfc9421Rsa, Voice::Rfc9421Ed25519] {
            assert_ne!(voice.second_knock(), voice);
        }
    }
}
