//! What belongs to a person: taking it along, bringing it here, and leaving.

pub mod collect;
pub mod csv;
pub mod depart;
pub mod export;
pub mod import;
pub mod model;
pub mod pack;
pub mod store;
pub mod sweep;

pub use model::{Departure, Export, Failure, Import, ImportKind, Line, Why};
