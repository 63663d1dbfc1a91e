//! How many fetches one cause may bring about.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use super::FetchError;

/// Fetches that are left. One for each activity received or question asked by a person, so that
/// nobody can send us around the world with one message (Lemmy allows 100, the library 20).
///
/// Spec: <https://www.w3.org/TR/activitypub/#security-recursive-objects>
#[derive(Debug)]
pub struct Budget(AtomicU32);

impl Budget {
    pub fn of(fetches: u32) -> Self {
        Self(AtomicU32::new(fetches))
    }

    pub fn spend(&self) -> Result<(), FetchError> {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
            .map(drop)
            .map_err(|_| FetchError::Budget)
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::of(20)
    }
}

/// Fetches that are left for each site, so that no one site takes all that a cause may bring about.
#[derive(Debug)]
pub struct Shares {
    each: u32,
    spent: HashMap<String, u32>,
}

impl Shares {
    pub fn of(each: u32) -> Self {
        Self { each, spent: HashMap::new() }
    }

    /// Takes one of the site's share; `false` if it is used up.
    pub fn spend(&mut self, host: &str) -> bool {
        let spent = self.spent.entry(host.to_owned()).or_default();
        let left = *spent < self.each;
        *spent += u32::from(left);
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_spent_once() {
        let budget = Budget::of(2);

        assert!(budget.spend().is_ok() && budget.spend().is_ok());
        assert!(budget.spend().is_err());
    }

    #[test]
    fn a_site_spends_its_own_share_only() {
        let mut shares = Shares::of(2);

        assert!(shares.spend("a") && shares.spend("a"));
        assert!(!shares.spend("a"));
        assert!(shares.spend("b"));
    }
}
