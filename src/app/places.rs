//! How many connections there may be: in all, and of one client.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::base::client::ClientIp;
use crate::base::config::Server;

/// Counts connections.
#[derive(Debug)]
pub struct Places {
    most: usize,
    /// `None` where all come from one proxy.
    most_of_one: Option<usize>,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    of: HashMap<String, usize>,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// All are taken.
    All,
    /// This client has as many as one may have.
    Client,
}

/// A place that is taken until this is dropped.
#[derive(Debug)]
pub struct Place {
    places: Arc<Places>,
    network: Option<String>,
}

impl Places {
    /// As many as the settings say.
    pub fn new(settings: &Server) -> Arc<Self> {
        let most_of_one = (!settings.behind_proxy).then_some(settings.connections_per_client as usize);
        Arc::new(Self { most: settings.connections as usize, most_of_one, taken: Mutex::default() })
    }

    /// Takes one for a connection from `address`.
    ///
    /// # Errors
    /// If there is none left.
    pub fn take(self: &Arc<Self>, address: IpAddr) -> Result<Place, Full> {
        let mut taken = self.taken();
        if taken.all >= self.most {
            return Err(Full::All);
        }
        let network = self.most_of_one.map(|_| ClientIp(address).network());
        if let (Some(most), Some(network)) = (self.most_of_one, &network) {
            let own = taken.of.get(network).copied().unwrap_or_default();
            if own >= most {
                return Err(Full::Client);
            }
            taken.of.insert(network.clone(), own + 1);
        }
        taken.all += 1;
        Ok(Place { places: Arc::clone(self), network })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.all = taken.all.saturating_sub(1);
        let Some(network) = &self.network else { return };
        match taken.of.get_mut(network) {
            Some(own) if *own > 1 => *own -= 1,
            // Nothing is kept of who is gone.
            _ => {
                taken.of.remove(network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(most: u32, of_one: u32, behind_proxy: bool) -> Arc<Places> {
        let settings =
            Server { connections: most, connections_per_client: of_one, behind_proxy, ..Server::default() };
        Places::new(&settings)
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn one_client_takes_no_more_than_its_part_and_leaves_nothing_behind() {
        let places = places(10, 2, false);
        let (one, other) = (address("2001:db8:1:2::1"), address("2001:db8:1:3::1"));

        let first = places.take(one).expect("a place");
        let second = places.take(address("2001:db8:1:2::99")).expect("a place");
        assert_eq!(places.take(one).unwrap_err(), Full::Client, "the network counts, not the address");
        let third = places.take(other).expect("a place for somebody else");
        drop(second);
        let fourth = places.take(one).expect("a place that was given back");

        drop((first, third, fourth));
        assert_eq!(places.taken().all, 0);
        assert!(places.taken().of.is_empty());
    }

    #[test]
    fn there_is_an_end_to_all_of_them() {
        let places = places(2, 2, false);
        let _first = places.take(address("192.0.2.1")).expect("a place");
        let _second = places.take(address("192.0.2.2")).expect("a place");

        assert_eq!(places.take(address("192.0.2.3")).unwrap_err(), Full::All);
    }

    #[test]
    fn behind_a_proxy_only_all_of_them_are_counted() {
        let places = places(3, 1, true);
        let proxy = address("127.0.0.1");
        let taken: Vec<Place> = (0..3).map(|_| places.take(proxy).expect("a place")).collect();

        assert_eq!(places.take(proxy).unwrap_err(), Full::All);
        drop(taken);
    }
}
