//! What the process says about itself: lines on standard error.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

use crate::base::config::Log;

/// Starts logging as `log` says. Only the first call of a process counts.
///
/// # Errors
/// If the level cannot be read; the message says which part of it.
pub fn start(log: &Log) -> Result<(), ParseError> {
    let filter = EnvFilter::try_new(&log.level)?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // An error means that somebody (a test) listens already.
    let _ = if log.json { lines.json().flatten_event(true).try_init() } else { lines.try_init() };
    Ok(())
}
