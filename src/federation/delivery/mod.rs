//! Deliveries: bodies that other sites' inboxes must get, once each, in order for each site.
//!
//! A delivery is a row from the moment in which its cause is committed until the other site took it, so it
//! survives the process. Every host has a lane of its own: one that is slow or gone delays nobody else.

mod enqueue;
mod lane;
mod recorder;
mod runner;
mod send;
pub mod store;

pub use enqueue::{Letter, enqueue};
pub use runner::run;

use std::time::Duration;

/// How long to leave a host alone after `failures` failures in a row (the first is 1).
///
/// Doubles from `first` and stops growing at `max`.
///
/// ```
/// # use breezeway::federation::delivery::delay_before;
/// # use std::time::Duration;
/// let (first, max) = (Duration::from_secs(60), Duration::from_secs(24 * 3600));
/// assert_eq!(delay_before(1, first, max), Duration::from_secs(60));
/// assert_eq!(delay_before(4, first, max), Duration::from_secs(8 * 60));
/// assert_eq!(delay_before(99, first, max), max);
/// ```
pub fn delay_before(failures: i64, first: Duration, max: Duration) -> Duration {
    let doublings = u32::try_from((failures - 1).clamp(0, 31)).unwrap_or(31);
    first.saturating_mul(2_u32.saturating_pow(doublings)).min(max)
}
