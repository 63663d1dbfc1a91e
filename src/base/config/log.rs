//! `[log]`: what the process says about itself.

use super::section::section;

section! {
    /// What the process says about itself, on standard error.
    pub struct Log in "log" {
        /// "error", "warn", "info", "debug" or "trace", also for single rooms of the program:
        /// "info,breezeway::federation=debug".
        pub level: String = "info".to_owned();
        /// One JSON object a line, for programs that collect logs.
        pub json: bool = false;
    }
}
