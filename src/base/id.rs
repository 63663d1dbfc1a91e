//! Identifiers: sorted by time, one type for each kind of thing.

use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::clock::Clock;

/// Bits of an identifier below the milliseconds: six for the node, ten for the sequence.
const LOW_BITS: u32 = 16;
const SEQUENCE_BITS: u32 = 10;

/// Makes identifiers: milliseconds since 1970 in the upper 48 bits, then the node, then a sequence.
///
/// Identifiers of one maker always grow, even when the clock stands still or runs backwards.
#[derive(Debug)]
pub struct IdMaker {
    clock: Clock,
    node: i64,
    last: AtomicI64,
}

impl IdMaker {
    /// `node` tells apart the processes that share a database (0 to 63).
    pub fn new(clock: Clock, node: u8) -> Self {
        Self { clock, node: i64::from(node & 63) << SEQUENCE_BITS, last: AtomicI64::new(0) }
    }

    /// Gives away nothing up to `highest` any more: the clock may have run ahead when that was given away, and been
    /// set back while the program was down.
    pub fn start_above(&self, highest: i64) {
        self.last.fetch_max(highest, Ordering::Relaxed);
    }

    /// The next identifier.
    pub fn next<T: From<i64>>(&self) -> T {
        let floor = self.clock.now().0 << LOW_BITS;
        let sequence_mask = (1 << SEQUENCE_BITS) - 1;
        let step = |last: i64| {
            let plain = last & !(((1 << LOW_BITS) - 1) & !sequence_mask);
            if plain < floor {
                floor
            } else if plain & sequence_mask == sequence_mask {
                // The sequence of this millisecond is used up: borrow from the next one.
                ((plain >> LOW_BITS) + 1) << LOW_BITS
            } else {
                plain + 1
            }
        };
        let mut last = self.last.load(Ordering::Relaxed);
        loop {
            let next = step(last);
            match self.last.compare_exchange_weak(last, next, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return T::from(next | self.node),
                Err(now) => last = now,
            }
        }
    }

    /// The least identifier of the time `at`: what was made before has a smaller one.
    pub fn floor<T: From<i64>>(at: super::Millis) -> T {
        T::from(at.0.max(0) << LOW_BITS)
    }

    /// An identifier for something that happened at `at` elsewhere: sorts by that time, unique by `salt`.
    ///
    /// Used for statuses of other sites, so that a timeline by identifier is a timeline by time. A time in
    /// the future counts as now.
    pub fn at<T: From<i64>>(&self, at: super::Millis, salt: u64) -> T {
        let at = at.0.clamp(0, self.clock.now().0);
        T::from((at << LOW_BITS) | (salt & ((1 << LOW_BITS) - 1)) as i64)
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
        #[sqlx(transparent)]
        pub struct $name(pub i64);

        impl From<i64> for $name {
            fn from(id: i64) -> Self { Self(id) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(IdVisitor).map(Self)
            }
        }
    )*};
}

struct IdVisitor;

impl de::Visitor<'_> for IdVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an id: digits, as text or as a number")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<i64, E> {
        text.parse().map_err(|_| E::custom("an id has only digits"))
    }
    fn visit_i64<E: de::Error>(self, id: i64) -> Result<i64, E> {
        Ok(id)
    }
    fn visit_u64<E: de::Error>(self, id: u64) -> Result<i64, E> {
        i64::try_from(id).map_err(E::custom)
    }
}

ids! {
    /// An account, of this site or of another.
    AccountId,
    /// A post.
    StatusId,
    /// An attachment of a post.
    MediaId,
    /// A line in somebody's notifications.
    NotificationId,
    /// A report to the moderators.
    ReportId,
    /// A moderator's action in the log.
    ModerationActionId,
    /// Another site.
    PeerId,
    /// A signed-in browser.
    SessionId,
    /// An invitation to register.
    InvitationId,
    /// A client program.
    OAuthAppId,
    /// A client program's access for one person.
    OAuthTokenId,
    /// Something that happened and still has effects.
    EventId,
    /// A small picture of another site that stands for a word.
    EmojiId,
    /// What somebody asks to do with a post.
    InteractionId,
    /// A file with everything of a person.
    ExportId,
    /// A file from another site that is taken over.
    ImportId,
    /// A body to deliver.
    ActivityId,
    /// A delivery of a body to one inbox.
    DeliveryId,
    /// What a person is writing.
    DraftId,
    /// A post that is to be written later.
    ScheduledId,
    /// People whom somebody reads apart.
    ListId,
    /// What somebody does not want to read.
    FilterId,
    /// A word of a filter.
    FilterWordId,
    /// A post that a filter names.
    FilterStatusId,
    /// A mail that is to be sent.
    MailId,
    /// Where somebody's browser or program wants to be woken.
    PushId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Millis;

    #[test]
    fn ids_grow_even_when_the_clock_stands_still() {
        let (clock, _hand) = Clock::manual(Millis(1_700_000_000_000));
        let ids = IdMaker::new(clock, 3);
        let mut last = ids.next::<StatusId>();
        for _ in 0..5_000 {
            let next = ids.next::<StatusId>();
            assert!(next > last);
            last = next;
        }
    }

    #[test]
    fn ids_grow_also_after_a_start_with_a_clock_that_was_set_back() {
        let (clock, hand) = Clock::manual(Millis(1_700_000_000_000));
        let before = IdMaker::new(clock.clone(), 3).next::<StatusId>();
        hand.set(Millis(1_600_000_000_000));

        let ids = IdMaker::new(clock, 3);
        ids.start_above(before.0);

        assert!(ids.next::<StatusId>() > before);
    }

    #[test]
    fn an_id_is_text_in_json_and_is_read_from_text_and_number() {
        assert_eq!(serde_json::to_string(&StatusId(7)).expect("json"), r#""7""#);
        assert_eq!(serde_json::from_str::<StatusId>("7").expect("number"), StatusId(7));
        assert_eq!(serde_json::from_str::<StatusId>(r#""7""#).expect("text"), StatusId(7));
        assert!(serde_json::from_str::<StatusId>(r#""x""#).is_err());
    }
}
