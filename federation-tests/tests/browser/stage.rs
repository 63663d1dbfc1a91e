//! Where scenes are played: two sites that know one another, and a browser for each person.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use breezeway::domain::auth::Role;
use breezeway::testing::{Person, TestApp};
use federation_tests::World;
use tokio::sync::OnceCell;

use crate::driver::Driver;
use crate::tab::Tab;
use crate::town::Town;

/// What all scenes share.
pub struct House {
    world: World,
    driver: Driver,
    people: AtomicUsize,
    town: OnceCell<Town>,
}

/// What one scene has.
pub struct Stage {
    house: Arc<House>,
    title: String,
    scripts: bool,
    tabs: Mutex<Vec<Arc<Tab>>>,
}

impl House {
    /// Opens both sites and starts chromedriver.
    pub async fn open() -> Self {
        let (world, driver) = tokio::join!(World::of(&["engineering", "sales"]), Driver::start());
        Self { world, driver, people: AtomicUsize::new(1), town: OnceCell::new() }
    }

    /// Ends chromedriver; the sites go with their folders.
    pub async fn close(self) {
        self.driver.stop().await;
    }
}

impl Stage {
    /// An empty one.
    pub fn new(house: Arc<House>, title: String, scripts: bool) -> Self {
        Self { house, title, scripts, tabs: Mutex::default() }
    }

    /// Both sites.
    pub fn world(&self) -> &World {
        &self.house.world
    }

    /// The one.
    pub fn engineering(&self) -> &TestApp {
        self.world().site("engineering")
    }

    /// The other.
    pub fn sales(&self) -> &TestApp {
        self.world().site("sales")
    }

    /// Departments with something to read, made when they are first asked for.
    pub async fn town(&self) -> &Town {
        self.house.town.get_or_init(Town::open).await
    }

    /// A name that nobody has yet: scenes share the sites.
    pub fn fresh(&self, name: &str) -> String {
        format!("{name}{}", self.house.people.fetch_add(1, Ordering::Relaxed))
    }

    /// Somebody of engineering, and somebody of sales.
    pub async fn ann_and_bob(&self) -> (Person, Person) {
        let (ann, bob) = (self.fresh("ann"), self.fresh("bob"));
        tokio::join!(self.engineering().person(&ann), self.sales().person(&bob))
    }

    /// Somebody with a role.
    pub async fn somebody(&self, site: &TestApp, name: &str, role: Role) -> Person {
        let name = self.fresh(name);
        match role {
            Role::Admin => site.admin(&name).await,
            Role::Moderator => site.moderator(&name).await,
            Role::Member => site.person(&name).await,
        }
    }

    /// A browser that has never been anywhere, before a site's door.
    pub async fn stranger(&self, site: &TestApp) -> Arc<Tab> {
        let browser = self.house.driver.browser(self.scripts).await;
        let tab = Arc::new(Tab::new(browser, site.url("/")));
        self.tabs.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&tab));
        tab
    }

    /// A browser in which the person is signed in already.
    pub async fn signed_in(&self, site: &TestApp, person: &Person) -> Arc<Tab> {
        let (tab, elsewhere) = tokio::join!(self.stranger(site), person.browser());
        let name = site.services().config.site.session_cookie();
        let session = elsewhere.cookie(&name).expect("signing in gives a session");
        tab.takes_cookie(&name, &session).await;
        tab
    }

    /// Keeps what the windows show, for whoever looks into the failure.
    pub async fn photographs(&self) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("browser");
        let _ = std::fs::create_dir_all(&folder);
        let name: String =
            self.title.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
        for (at, tab) in self.open_tabs().iter().enumerate() {
            let file = folder.join(format!("{name}-{at}.png"));
            tab.photograph(&file).await;
            eprintln!("    {} shows {}: {}", self.title, tab.address().await, file.display());
            for line in tab.console().await {
                eprintln!("        console: {line}");
            }
        }
    }

    /// Closes all windows.
    pub async fn clear(&self) {
        let tabs = std::mem::take(&mut *self.tabs.lock().unwrap_or_else(PoisonError::into_inner));
        for tab in tabs {
            tab.close().await;
        }
    }

    fn open_tabs(&self) -> Vec<Arc<Tab>> {
        self.tabs.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
