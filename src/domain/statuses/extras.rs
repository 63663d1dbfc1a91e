//! Which side tables have rows for a post, so that a page of plain notes asks none of them.

/// A set of side tables, as bits in the post's row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Extras(i64);

impl Extras {
    /// It asks: `polls`.
    pub const POLL: Self = Self(1);
    /// It has a title: `status_titles`.
    pub const TITLE: Self = Self(2);
    /// Somebody reacted to it: `reactions`.
    pub const REACTIONS: Self = Self(4);

    /// Whether all of `other` are among these.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// As in the row.
    pub fn bits(self) -> i64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_is_in_it() {
        let both = Extras(Extras::POLL.bits() | Extras::TITLE.bits());

        assert!(both.has(Extras::POLL) && both.has(Extras::TITLE) && !both.has(Extras::REACTIONS));
        assert!(!Extras::default().has(Extras::POLL));
    }
}
