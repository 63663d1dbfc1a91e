//! Machines that know no word of the domain.

pub mod crypto;
pub mod db;
pub mod net;
pub mod caches;
pub mod hub;
pub mod services;
