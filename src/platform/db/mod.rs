//! The database: SQLite inside, or PostgreSQL by URL, on one code path.
//!
//! A store writes one SQL text with `$1` in order; [`Conn`] sends it to whichever engine is there. Where a
//! list is needed, `IN_LIST($1)` stands for the engine's own way to say it.

mod args;
#[cfg(test)]
mod commit_tests;
mod conn;
mod counted;
mod open;
mod part;
pub mod words;

pub use args::{Arg, ToArg};
pub use conn::{Conn, Record, Sql, Tx};
pub use counted::Counted;
pub use open::{Db, Engine, Options};
pub use part::Mark;

/// Marks a literal as SQL. Only files called `store.rs` use it; a test prepares every one on both engines.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $crate::platform::db::Sql::literal($text)
    };
}

/// The arguments of a statement, in the order of `$1`, `$2`, …
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        vec![$($crate::platform::db::ToArg::to_arg(&$value)),*]
    };
}
