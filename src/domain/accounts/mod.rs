//! Accounts: people and programs, of this site and of others.

pub mod index;
pub mod keys;
pub mod leave;
pub mod model;
pub mod picture;
pub mod receive;
pub mod relocate;
pub mod search;
pub mod store;
pub mod update_profile;

pub use model::{Account, Field, Kind, NewAccount};
pub use search::{PeopleQuery, search};
