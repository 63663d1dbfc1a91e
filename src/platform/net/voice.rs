//! How to sign towards a host, and what was learnt about it.
//!
//! Our own sites speak RFC 9421 with Ed25519: signing so costs a sixtieth of RSA. A closed site addresses
//! everybody so at first, since its peers are likely to be of our kind; an open site begins with
//! draft-cavage and RSA, which all understand. Who refuses that is tried once more in the other style, and
//! what worked is remembered.

use std::sync::{Arc, Mutex, PoisonError};

use moka::sync::Cache;
use tokio::sync::Notify;

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

    /// As it is kept.
    pub fn word(self) -> &'static str {
        match self {
            Self::CavageRsa => "cavage",
            Self::Rfc9421Rsa => "rfc9421",
            Self::Rfc9421Ed25519 => "rfc9421-ed25519",
        }
    }

    /// Reads [`Voice::word`].
    pub fn parse(word: &str) -> Option<Self> {
        [Self::CavageRsa, Self::Rfc9421Rsa, Self::Rfc9421Ed25519]
            .into_iter()
            .find(|voice| voice.word() == word)
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

/// What is known of hosts. Asked in memory; what is new is handed to whoever writes it down.
#[derive(Clone, Debug)]
pub struct Voices {
    at_first: Voice,
    known: Cache<String, Voice>,
    news: Arc<Mutex<Vec<(String, Voice)>>>,
    told: Arc<Notify>,
}

impl Voices {
    /// `at_first` is for hosts that nothing is known of.
    pub fn new(at_first: Voice) -> Self {
        Self { at_first, known: Cache::new(10_000), news: Arc::default(), told: Arc::default() }
    }

    /// How to address `host` first.
    pub fn towards(&self, host: &str) -> Voice {
        self.known.get(host).unwrap_or(self.at_first)
    }

    /// `host` understood `voice`.
    pub fn learn(&self, host: &str, voice: Voice) {
        if self.known.get(host) != Some(voice) {
            self.known.insert(host.to_owned(), voice);
            self.news().push((host.to_owned(), voice));
            self.told.notify_one();
        }
    }

    /// `host` spoke `voice`: it understands it, and perhaps something better that is known already.
    pub fn hear(&self, host: &str, voice: Voice) {
        let better = matches!(
            (self.known.get(host), voice),
            (None, _)
                | (Some(Voice::CavageRsa), Voice::Rfc9421Rsa | Voice::Rfc9421Ed25519)
                | (Some(Voice::Rfc9421Rsa), Voice::Rfc9421Ed25519)
        );
        if better {
            self.learn(host, voice);
        }
    }

    /// What was learnt before the start.
    pub fn recall(&self, host: &str, voice: Voice) {
        self.known.insert(host.to_owned(), voice);
    }

    /// Resolves when something was learnt, also if that was before.
    pub async fn learnt(&self) {
        self.told.notified().await;
    }

    /// What was learnt since the last time.
    pub fn take_news(&self) -> Vec<(String, Voice)> {
        std::mem::take(&mut self.news())
    }

    fn news(&self) -> std::sync::MutexGuard<'_, Vec<(String, Voice)>> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
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
    fn what_is_heard_makes_nobody_forget_something_better() {
        let voices = Voices::new(Voice::CavageRsa);
        for (heard, known) in [
            (Voice::CavageRsa, Voice::CavageRsa),
            (Voice::Rfc9421Rsa, Voice::Rfc9421Rsa),
            (Voice::CavageRsa, Voice::Rfc9421Rsa),
            (Voice::Rfc9421Ed25519, Voice::Rfc9421Ed25519),
            (Voice::Rfc9421Rsa, Voice::Rfc9421Ed25519),
        ] {
            voices.hear("a.example", heard);
            assert_eq!(voices.towards("a.example"), known);
        }
        assert_eq!(voices.take_news().len(), 3, "only what is new is written down");
    }

    #[test]
    fn a_voice_is_kept_by_a_word() {
        for voice in [Voice::CavageRsa, Voice::Rfc9421Rsa, Voice::Rfc9421Ed25519] {
            assert_eq!(Voice::parse(voice.word()), Some(voice));
        }
        assert_eq!(Voice::parse("esperanto"), None);
    }

    #[test]
    fn the_second_knock_is_another_voice() {
        for voice in [Voice::CavageRsa, Voice::Rfc9421Rsa, Voice::Rfc9421Ed25519] {
            assert_ne!(voice.second_knock(), voice);
        }
    }
}
