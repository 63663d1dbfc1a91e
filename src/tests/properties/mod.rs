//! What holds for any input, tried with many that nobody thought of.

mod addressing;
mod parsing;
