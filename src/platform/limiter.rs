//! How often somebody may do something: one limiter per purpose, one bucket per key.
//!
//! A bucket lets a whole ration through at once and refills evenly. The buckets are in memory: a restart
//! forgives everybody.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock as Ticks;
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::base::config::Limits;
use crate::base::{Clock, Error, Millis, Result};

/// What is counted. The key is named beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Attempts to sign in, by address and by account: two keys.
    SignIn,
    /// Attempts to make an account, by address.
    Register,
    /// Requests with a token, by token.
    Api,
    /// Requests without one, by address.
    Anonymous,
    /// New posts and reposts, by account.
    Posts,
    /// Uploads, by account.
    Media,
    /// Drafts that are kept, by account.
    Drafts,
    /// New follows, by account.
    Follows,
    /// Reports, by account.
    Reports,
    /// Handshakes of other sites, by address.
    Handshakes,
    /// Deletions of what is not known here, by site.
    UnknownDeletions,
}

/// Where a key stands after a request that was let through; the figures of `X-RateLimit-*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The whole ration.
    pub limit: u32,
    /// What is left of it.
    pub remaining: u32,
    /// When the ration will be whole again.
    pub reset: Millis,
}

/// The limiters of one site.
#[derive(Debug)]
pub struct Limiter {
    sign_in: Bucket,
    register: Bucket,
    api: Bucket,
    anonymous: Bucket,
    posts: Bucket,
    media: Bucket,
    drafts: Bucket,
    follows: Bucket,
    reports: Bucket,
    handshakes: Bucket,
    unknown_deletions: Bucket,
}

impl Limiter {
    /// The rations that `limits` names; 0 turns one off.
    pub fn new(limits: &Limits, clock: &Clock) -> Self {
        let bucket = |limit: u32, period: Duration| Bucket::new(limit, period, clock);
        Self {
            sign_in: bucket(limits.sign_in_per_minute, Duration::from_mins(1)),
            register: bucket(limits.register_per_hour, Duration::from_hours(1)),
            api: bucket(limits.api_per_5_minutes, Duration::from_mins(5)),
            anonymous: bucket(limits.anonymous_per_5_minutes, Duration::from_mins(5)),
            posts: bucket(limits.posts_per_3_hours, Duration::from_hours(3)),
            media: bucket(limits.media_per_30_minutes, Duration::from_mins(30)),
            drafts: bucket(limits.drafts_per_5_minutes, Duration::from_mins(5)),
            follows: bucket(limits.follows_per_day, Duration::from_hours(24)),
            reports: bucket(limits.reports_per_hour, Duration::from_hours(1)),
            handshakes: bucket(limits.handshakes_per_hour, Duration::from_hours(1)),
            unknown_deletions: bucket(limits.unknown_deletions_per_day, Duration::from_hours(24)),
        }
    }

    /// Counts one of `purpose` for `key`. `None` where the limit is turned off.
    ///
    /// # Errors
    /// [`Error::RateLimited`] if the ration is used up; nothing is counted then.
    pub fn check(&self, purpose: Purpose, key: &str) -> Result<Option<Standing>> {
        self.bucket(purpose).check(key)
    }

    /// The whole ration of `purpose`, if there is one.
    pub fn limit(&self, purpose: Purpose) -> Option<u32> {
        self.bucket(purpose).limit.map(NonZeroU32::get)
    }

    /// Forgets the keys whose ration is whole. To be called now and then.
    pub fn forget_idle(&self) {
        for bucket in [
            &self.sign_in,
            &self.register,
            &self.api,
            &self.anonymous,
            &self.posts,
            &self.media,
            &self.drafts,
            &self.follows,
            &self.reports,
            &self.handshakes,
            &self.unknown_deletions,
        ] {
            bucket.limiter.retain_recent();
            bucket.limiter.shrink_to_fit();
        }
    }

    fn bucket(&self, purpose: Purpose) -> &Bucket {
        match purpose {
            Purpose::SignIn => &self.sign_in,
            Purpose::Register => &self.register,
            Purpose::Api => &self.api,
            Purpose::Anonymous => &self.anonymous,
            Purpose::Posts => &self.posts,
            Purpose::Media => &self.media,
            Purpose::Drafts => &self.drafts,
            Purpose::Follows => &self.follows,
            Purpose::Reports => &self.reports,
            Purpose::Handshakes => &self.handshakes,
            Purpose::UnknownDeletions => &self.unknown_deletions,
        }
    }
}

type Keyed = RateLimiter<String, DashMapStateStore<String>, Ticker, StateInformationMiddleware>;

struct Bucket {
    limit: Option<NonZeroU32>,
    refill: Duration,
    limiter: Keyed,
    clock: Clock,
}

impl Bucket {
    fn new(limit: u32, period: Duration, clock: &Clock) -> Self {
        let limit = NonZeroU32::new(limit);
        let ration = limit.unwrap_or(NonZeroU32::MIN);
        let refill = period / ration.get();
        let quota = Quota::with_period(refill).unwrap_or(Quota::per_second(ration)).allow_burst(ration);
        let limiter = Keyed::new(quota, DashMapStateStore::default(), Ticker(clock.clone()));
        Self { limit, refill, limiter, clock: clock.clone() }
    }

    fn check(&self, key: &str) -> Result<Option<Standing>> {
        let Some(limit) = self.limit else { return Ok(None) };
        let now = self.clock.now();
        match self.limiter.check_key(&key.to_owned()) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let reset = now + self.refill * limit.get().saturating_sub(remaining);
                Ok(Some(Standing { limit: limit.get(), remaining, reset }))
            }
            Err(not_until) => {
                let wait = not_until.wait_time_from(Ticker(self.clock.clone()).now());
                // A whole millisecond more, so that waiting exactly so long is enough.
                Err(Error::RateLimited { until: now + wait + Duration::from_millis(1) })
            }
        }
    }
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bucket")
            .field("limit", &self.limit)
            .field("refill", &self.refill)
            .finish_non_exhaustive()
    }
}

/// Our clock as governor reads it.
#[derive(Clone, Debug)]
struct Ticker(Clock);

impl Ticks for Ticker {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let millis = u64::try_from(self.0.now().0).unwrap_or(0);
        Nanos::new(millis.saturating_mul(1_000_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter(sign_in: u32) -> (Limiter, crate::base::clock::Hand) {
        let (clock, hand) = Clock::manual(Millis(1_767_323_045_000));
        let limits = Limits { sign_in_per_minute: sign_in, ..Limits::default() };
        (Limiter::new(&limits, &clock), hand)
    }

    #[test]
    fn a_ration_is_used_up_and_refills() {
        let (limiter, hand) = limiter(3);

        let standings: Vec<_> =
            (0..3).map(|_| limiter.check(Purpose::SignIn, "ann").unwrap().unwrap()).collect();

        assert_eq!(standings.iter().map(|standing| standing.remaining).collect::<Vec<_>>(), [2, 1, 0]);
        assert_eq!(standings[2].limit, 3);
        assert_eq!(standings[2].reset, Millis(1_767_323_045_000) + Duration::from_mins(1));
        let Err(Error::RateLimited { until }) = limiter.check(Purpose::SignIn, "ann") else {
            panic!("not limited")
        };
        hand.set(until);
        assert!(limiter.check(Purpose::SignIn, "ann").is_ok());
        assert!(limiter.check(Purpose::SignIn, "ann").is_err());
    }

    #[test]
    fn keys_and_purposes_do_not_share() {
        let (limiter, _) = limiter(1);

        assert!(limiter.check(Purpose::SignIn, "ann").is_ok());
        assert!(limiter.check(Purpose::SignIn, "bob").is_ok());
        assert!(limiter.check(Purpose::Register, "ann").is_ok());
        assert!(limiter.check(Purpose::SignIn, "ann").is_err());
    }

    #[test]
    fn zero_turns_a_limit_off() {
        let (limiter, _) = limiter(0);

        assert!(
            (0..1000).all(|_| limiter.check(Purpose::SignIn, "ann").is_ok_and(|standing| standing.is_none()))
        );
        assert_eq!(limiter.limit(Purpose::SignIn), None);
    }

    #[test]
    fn idle_keys_are_forgotten() {
        let (limiter, hand) = limiter(1);
        assert!(limiter.check(Purpose::SignIn, "ann").is_ok());

        hand.advance(Duration::from_hours(1));
        limiter.forget_idle();

        assert!(limiter.sign_in.limiter.is_empty());
    }
}
