//! Mastodon's client API, as programs use it.

mod accounts;
mod collections;
mod doors;
mod lists;
mod media;
mod notifications;
mod oauth;
mod pins;
mod polls;
mod scheduled;
mod search;
mod statuses;
mod titles;
