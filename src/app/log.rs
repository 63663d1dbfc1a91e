//! What the process says about itself, on standard error. The one thing that sites of a process share.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::base::config::Log;

/// Begins to write. A second call changes nothing.
///
/// # Errors
/// If `log.level` cannot be read.
pub fn start(log: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&log.level).map_err(|error| {
        anyhow::anyhow!("log.level {:?} cannot be read ({error}); write for example \"info\"", log.level)
    })?;
    let colours = std::io::stderr().is_terminal();
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    // An error says only that somebody was faster.
    let _ = if log.json { builder.json().try_init() } else { builder.try_init() };
    Ok(())
}
