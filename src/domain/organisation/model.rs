//! What another site is to us.

use crate::base::config::{Colour, FederationMode};
use crate::base::id::{AccountId, PeerId};
use crate::base::origin::host_of_uri;
use crate::base::text::clean_line;
use crate::base::{Error, Millis, Result};
use crate::words;

/// How far the handshake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerState {
    /// Known by name only (open mode, or blocked before any handshake).
    None,
    /// We asked.
    Invited,
    /// They asked.
    Requested,
    /// Both agreed.
    Accepted,
    /// One of the two ended it.
    Removed,
}

words!(PeerState {
    None = "none",
    Invited = "invited",
    Requested = "requested",
    Accepted = "accepted",
    Removed = "removed",
});

/// Another site.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Peer {
    /// Ours.
    pub id: PeerId,
    /// With port, if it is not the scheme's own.
    pub host: String,
    /// How far the handshake is.
    #[sqlx(try_from = "String")]
    pub state: PeerState,
    /// Its instance actor.
    pub actor_uri: Option<String>,
    /// Where to deliver for the whole site.
    pub inbox: Option<String>,
    /// What it calls itself; may be empty.
    pub name: String,
    /// `#rrggbb`; may be empty.
    pub colour: String,
    /// The collection that stands for the whole organisation there.
    pub organisation_uri: Option<String>,
    /// Id of the Follow between the instance actors.
    pub follow_uri: Option<String>,
    /// Blocked by our moderators.
    pub blocked_at: Option<Millis>,
    /// First heard of.
    pub created_at: Millis,
    /// Last change.
    pub updated_at: Millis,
}

impl Peer {
    /// What to call it: its name, else its host.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { &self.host } else { &self.name }
    }

    /// Whether it is in the organisation and not blocked.
    pub fn is_member(&self) -> bool {
        self.state == PeerState::Accepted && self.blocked_at.is_none()
    }
}

/// Longest name of another site, in characters.
const NAME_MAX: usize = 60;

/// What another site says of itself, as it was fetched. From outside: [`PeerProfile::check`] it first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeerProfile {
    /// With port, if it is not the scheme's own.
    pub host: String,
    /// Its instance actor.
    pub actor_uri: String,
    /// Where to deliver for the whole site.
    pub inbox: String,
    /// What it calls itself.
    pub name: String,
    /// `#rrggbb`.
    pub colour: String,
    /// The collection that stands for the whole organisation there.
    pub organisation_uri: Option<String>,
}

impl PeerProfile {
    /// The same with everything that a page or a delivery can rely on: all addresses at that host, the name on one
    /// line and not too long, a colour that is one or none.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the actor or its inbox is not at that host, or the host is `own_host`.
    pub fn check(self, own_host: &str) -> Result<Self> {
        let host = self.host.to_lowercase();
        if host.is_empty() || host == own_host {
            return Err(Error::invalid("host", "must be that of another site"));
        }
        let is_there = |uri: &str| host_of_uri(uri).is_some_and(|found| found == host);
        if !is_there(&self.actor_uri) || !is_there(&self.inbox) {
            return Err(Error::invalid("host", "must be where the site's actor and inbox are"));
        }
        Ok(Self {
            name: clean_line(&self.name, NAME_MAX),
            colour: self.colour.parse::<Colour>().map(|colour| colour.to_string()).unwrap_or_default(),
            organisation_uri: self.organisation_uri.filter(|uri| is_there(uri)),
            host,
            ..self
        })
    }
}

/// Who changes something about other sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Whoever runs the site, on its command line.
    Site,
    /// A person, who must be an administrator.
    Person(AccountId),
}

/// Whether this site delivers to, fetches for and looks up at the other one, apart from the handshake itself.
///
/// ```
/// # use breezeway::base::config::FederationMode;
/// # use breezeway::domain::organisation::may_speak;
/// assert!(!may_speak(FederationMode::Closed, None));
/// assert!(may_speak(FederationMode::Open, None));
/// ```
pub fn may_speak(mode: FederationMode, peer: Option<&Peer>) -> bool {
    is_welcome(mode, peer.is_some_and(|peer| peer.state == PeerState::Accepted), is_blocked(peer))
}

/// Whether what the other site sends is taken in, apart from the handshake itself.
pub fn may_listen(mode: FederationMode, peer: Option<&Peer>) -> bool {
    may_speak(mode, peer)
}

/// Whether not even the handshake is heard.
pub fn is_blocked(peer: Option<&Peer>) -> bool {
    peer.is_some_and(|peer| peer.blocked_at.is_some())
}

/// The rule behind [`may_speak`] and [`may_listen`].
pub(super) fn is_welcome(mode: FederationMode, accepted: bool, blocked: bool) -> bool {
    !blocked && (accepted || mode == FederationMode::Open)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(state: PeerState, blocked: bool) -> Peer {
        Peer {
            id: PeerId(1),
            host: "sales.example.org".to_owned(),
            state,
            actor_uri: None,
            inbox: None,
            name: String::new(),
            colour: String::new(),
            organisation_uri: None,
            follow_uri: None,
            blocked_at: blocked.then_some(Millis(1)),
            created_at: Millis(0),
            updated_at: Millis(0),
        }
    }

    #[test]
    fn a_closed_site_speaks_only_with_those_that_shook_hands() {
        use PeerState::{Accepted, Invited, None, Removed, Requested};
        for state in [None, Invited, Requested, Accepted, Removed] {
            assert_eq!(
                may_speak(FederationMode::Closed, Some(&peer(state, false))),
                state == Accepted,
                "{state}"
            );
            assert!(!may_speak(FederationMode::Closed, Some(&peer(state, true))), "{state}, blocked");
        }
    }

    #[test]
    fn an_open_site_speaks_with_everybody_but_those_blocked() {
        assert!(may_listen(FederationMode::Open, Some(&peer(PeerState::Removed, false))));
        assert!(!may_listen(FederationMode::Open, Some(&peer(PeerState::Accepted, true))));
    }

    fn profile() -> PeerProfile {
        PeerProfile {
            host: "Sales.example.org".to_owned(),
            actor_uri: "https://sales.example.org/actor".to_owned(),
            inbox: "https://sales.example.org/inbox".to_owned(),
            name: "  Sales\n\u{202e}team".to_owned(),
            colour: "#AABBCC".to_owned(),
            organisation_uri: Some("https://elsewhere.example/organisation".to_owned()),
        }
    }

    #[test]
    fn what_a_site_says_of_itself_is_cut_to_shape() {
        let checked = profile().check("eng.example.org").expect("fine");

        assert_eq!((checked.host.as_str(), checked.name.as_str()), ("sales.example.org", "Sales team"));
        assert_eq!((checked.colour.as_str(), checked.organisation_uri), ("#aabbcc", None));
        let long = PeerProfile { name: "x".repeat(500), colour: "red;}".to_owned(), ..profile() };
        let long = long.check("eng.example.org").expect("fine");
        assert_eq!((long.name.len(), long.colour.as_str()), (NAME_MAX, ""));
    }

    #[test]
    fn a_site_cannot_speak_for_another_or_for_us() {
        let foreign = PeerProfile { inbox: "https://victim.example/inbox".to_owned(), ..profile() };

        assert!(foreign.check("eng.example.org").is_err());
        assert!(profile().check("sales.example.org").is_err());
    }
}
