//! Rows of exports, imports and departures.

pub mod departures;
pub mod exports;
pub mod imports;
pub mod owned;
