//! One whole site, through its HTTP surface and its command line. Folders mirror what is asked.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod api;
mod auth;
mod bucket;
mod connections;
mod domain;
mod federation;
mod files;
mod media;
mod process;
mod properties;
mod reach;
mod start;
mod telling;
mod tls;
mod web;
