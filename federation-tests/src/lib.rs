//! Several real sites on loopback, and the people on them.
//!
//! All sites of a world run in this process, each with a database, a folder, a port and a clock of its own, and speak
//! with one another over signed HTTP. What one of them knows of another, it heard on the wire.

use breezeway::testing::{Person, TestApp, eventually};

/// Sites that may or may not know one another.
#[derive(Debug)]
pub struct World {
    sites: Vec<TestApp>,
}

impl World {
    /// Sites that shook hands with one another.
    pub async fn of(names: &[&str]) -> Self {
        Self::shaking_hands(Self::of_strangers(names).await).await
    }

    /// Sites that were started as a test wants them, and then shook hands with one another.
    pub async fn of_sites(sites: Vec<TestApp>) -> Self {
        Self::shaking_hands(Self { sites }).await
    }

    async fn shaking_hands(world: Self) -> Self {
        for (at, one) in world.sites.iter().enumerate() {
            for other in &world.sites[at + 1..] {
                shake_hands(one, other).await;
            }
        }
        world
    }

    /// Sites that have never heard of one another.
    pub async fn of_strangers(names: &[&str]) -> Self {
        let mut sites = Vec::new();
        for name in names {
            sites.push(TestApp::build().named(name).start().await);
        }
        Self { sites }
    }

    /// Engineering with Ann, sales with Bob, who have shaken hands.
    pub async fn of_ann_and_bob() -> (Self, Person, Person) {
        let world = Self::of(&["engineering", "sales"]).await;
        let ann = world.site("engineering").person("ann").await;
        let bob = world.site("sales").person("bob").await;
        (world, ann, bob)
    }

    /// A site by its name.
    ///
    /// # Panics
    /// If the world has no such site.
    #[track_caller]
    pub fn site(&self, name: &str) -> &TestApp {
        self.sites
            .iter()
            .find(|site| site.name() == name)
            .unwrap_or_else(|| panic!("no site is called {name}"))
    }

    /// A site by its name, to be stopped and started again.
    ///
    /// # Panics
    /// If the world has no such site.
    #[track_caller]
    pub fn site_mut(&mut self, name: &str) -> &mut TestApp {
        let found = self.sites.iter_mut().find(|site| site.name() == name);
        found.unwrap_or_else(|| panic!("no site is called {name}"))
    }

    /// Waits until no site has anything left to tell.
    pub async fn settles(&self) {
        for site in &self.sites {
            site.settles().await;
        }
    }
}

/// The handshake, as two administrators do it; waits until both sides know.
pub async fn shake_hands(one: &TestApp, other: &TestApp) {
    one.invites(&other.host()).await;
    eventually("the invitation has arrived", async || {
        other.peer_state(&one.host()).await.filter(|state| state == "requested")
    })
    .await;
    other.accepts(&one.host()).await;
    eventually("the acceptance has arrived", async || {
        one.peer_state(&other.host()).await.filter(|state| state == "accepted")
    })
    .await;
}
