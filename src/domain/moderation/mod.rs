//! Moderation stays local: reports, and what our moderators decide.
