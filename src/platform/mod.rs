//! Machines that know no word of the domain.

pub mod caches;
pub mod crypto;
pub mod db;
pub mod hub;
pub mod net;
pub mod services;
