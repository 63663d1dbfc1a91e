//! The pages in a real Chromium: two sites on loopback, people who sign in, write, follow and moderate across them.
//!
//! Needs Debian's `chromium` and `chromium-driver`, of one version. `BREEZEWAY_TEST_BROWSER=off` leaves it out.
//! Files: `run` plays the scenes, `driver` holds Chromium, `stage` is what a scene stands on, `tab` is one window,
//! `town` is what there is to read.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads the clock and the environment, and speaks to loopback"
)]

mod driver;
mod run;
mod scenes;
mod stage;
mod tab;
mod town;

use std::process::ExitCode;

fn main() -> ExitCode {
    run::all(scenes::all())
}
