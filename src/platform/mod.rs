//! Machines that know no word of the domain.

pub mod blobs;
pub mod caches;
pub mod crypto;
pub mod db;
pub mod ffmpeg;
pub mod hub;
pub mod images;
pub mod limiter;
pub mod mail;
pub mod net;
pub mod services;
