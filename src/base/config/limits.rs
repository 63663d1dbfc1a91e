//! `[limits]`: how much one person may do.

use super::problem::Problems;
use super::section::section;

section! {
    /// How much one person or program may do. The rates count per person, or per address where nobody
    /// is signed in; 0 turns one off.
    pub struct Limits in "limits" {
        /// Attempts to sign in, by address and by account.
        pub sign_in_per_minute: u32 = 10;
        /// Attempts to make an account, by address.
        pub register_per_hour: u32 = 10;
        /// Requests to the client API, by token.
        pub api_per_5_minutes: u32 = 1500;
        /// Requests without a token, by address.
        pub anonymous_per_5_minutes: u32 = 600;
        /// New posts and reposts.
        pub posts_per_3_hours: u32 = 300;
        /// Uploads.
        pub media_per_30_minutes: u32 = 60;
        /// Times that what somebody is typing is kept as a draft.
        pub drafts_per_5_minutes: u32 = 600;
        /// New follows.
        pub follows_per_day: u32 = 1000;
        /// Reports to the moderators.
        pub reports_per_hour: u32 = 30;
        /// Requests of unknown sites to be in the organisation, by address: each makes this site read theirs.
        pub handshakes_per_hour: u32 = 60;
        /// Reports that one other site hands on. Further ones are taken and thrown away: the moderators have
        /// heard of it by then.
        pub flags_per_day: u32 = 200;
        /// Deletions by one other site of what this one never had. Each is remembered for 90 days, in case
        /// what is deleted comes late; further ones are asked
        /// to come again later.
        pub unknown_deletions_per_day: u32 = 10000;
        /// The longest post, in characters; an address counts 23, a mention without its site.
        pub status_characters: u32 = 5000;
        /// The most posts that somebody pins to the profile.
        pub pinned_posts: u32 = 5;
        /// The most pictures in a post.
        pub attachments: u32 = 4;
        /// The most options of a poll.
        pub poll_options: u32 = 4;
        /// The longest alternative text of a picture.
        pub description_characters: u32 = 1500;
        /// The longest text about oneself.
        pub bio_characters: u32 = 1000;
        /// The longest display name.
        pub name_characters: u32 = 60;
    }
}

impl Limits {
    /// All rates off, for tests and benchmarks.
    pub fn without_rates(self) -> Self {
        Self {
            sign_in_per_minute: 0,
            register_per_hour: 0,
            api_per_5_minutes: 0,
            anonymous_per_5_minutes: 0,
            posts_per_3_hours: 0,
            media_per_30_minutes: 0,
            drafts_per_5_minutes: 0,
            follows_per_day: 0,
            reports_per_hour: 0,
            handshakes_per_hour: 0,
            flags_per_day: 0,
            unknown_deletions_per_day: 0,
            ..self
        }
    }

    pub(super) fn validate(&self, problems: &mut Problems) {
        problems.require(
            (100..=100_000).contains(&self.status_characters),
            "limits.status_characters",
            "must be between 100 and 100000",
        );
        problems.require(self.pinned_posts <= 20, "limits.pinned_posts", "must be at most 20");
        problems.require(
            (1..=32).contains(&self.attachments),
            "limits.attachments",
            "must be between 1 and 32",
        );
        problems.require(
            (2..=20).contains(&self.poll_options),
            "limits.poll_options",
            "must be between 2 and 20",
        );
    }
}
