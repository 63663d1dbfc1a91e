//! Deliveries: bodies that other sites' inboxes must get, once each, in order for each site.
//!
//! A delivery is a row from the moment in which its cause is committed until the other site took it, so it
//! survives the process. Every host has a lane of its own: one that is slow or gone delays nobody else.
//!
//! Nothing is lost silently. What a site refuses is kept as a dead letter with the reason. A site that does not answer
//! is tried again, ever more rarely. When that went on for as long as we are patient, it counts as unavailable: what
//! has waited so long becomes dead letters too, what comes later waits on, and the site is only asked now and then
//! whether it is there. As soon as it is, all that it missed is sent, in order.

mod enqueue;
mod lane;
mod probe;
mod recorder;
mod runner;
mod send;
pub mod store;
mod sweep;

pub use enqueue::{Letter, enqueue};
pub use runner::run;
pub use sweep::sweep;

use std::time::Duration;

/// How long to leave a host alone after `failures` failures in a row (the first is 1).
///
/// Doubles from `first` and stops growing at `max`. See [`jittered`].
///
/// ```
/// # use breezeway::federation::delivery::delay_before;
/// # use std::time::Duration;
/// let (first, max) = (Duration::from_secs(5), Duration::from_secs(6 * 3600));
/// assert_eq!(delay_before(1, first, max), first);
/// assert_eq!(delay_before(4, first, max), Duration::from_secs(40));
/// assert_eq!(delay_before(99, first, max), max);
/// ```
pub fn delay_before(failures: i64, first: Duration, max: Duration) -> Duration {
    let doublings = u32::try_from((failures - 1).clamp(0, 31)).unwrap_or(31);
    first.saturating_mul(2_u32.saturating_pow(doublings)).min(max)
}

/// `delay` give or take a fifth, so that many do not come back at the same moment. `chance` is any number.
///
/// ```
/// # use breezeway::federation::delivery::jittered;
/// # use std::time::Duration;
/// let minute = Duration::from_secs(60);
/// assert_eq!(jittered(minute, 0), Duration::from_secs(48));
/// assert!(jittered(minute, u16::MAX) <= Duration::from_secs(72));
/// ```
pub fn jittered(delay: Duration, chance: u16) -> Duration {
    delay.mul_f64(0.8 + 0.4 * f64::from(chance) / f64::from(u16::MAX))
}
