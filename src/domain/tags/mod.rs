//! Tags that people follow.
