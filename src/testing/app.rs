//! One whole site, listening on loopback, with a folder and a database of its own.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;
use url::Url;

use super::database::TestDatabase;
use super::eventually;
use super::http::{Answer, Http};
use super::mails::{self, SentMail};
use super::person::{self, Person};
use super::tap::Tap;
use crate::app::{Options, Site};
use crate::base::config::{Config, FederationMode, MailEncryption, MailTransport};
use crate::base::{Clock, Millis};
use crate::domain::auth::{self, NewPerson, Role, Scopes};
use crate::domain::moderation::{self, Grounds};
use crate::domain::organisation::{self, By};
use crate::federation::fetch;
use crate::platform::crypto::Random;
use crate::platform::services::Services;
use crate::{args, sql};

/// A site of a test. It goes down with this value.
pub struct TestApp {
    name: String,
    config: Config,
    clock: Clock,
    site: Option<Site>,
    /// Kept for the next start.
    services: Services,
    tap: Option<Tap>,
    _folder: TempDir,
    database: Option<TestDatabase>,
}

/// What a site is started with, if not as usual.
#[derive(Debug)]
pub struct TestAppBuilder {
    name: String,
    clock: Clock,
    change: Vec<fn(&mut Config)>,
    tapped: bool,
    mail_server: Option<u16>,
}

impl TestApp {
    /// A closed site called "engineering", on SQLite, or on PostgreSQL where there is a test server.
    pub async fn start() -> Self {
        Self::build().start().await
    }

    /// A site that is not as usual.
    pub fn build() -> TestAppBuilder {
        TestAppBuilder {
            name: "engineering".to_owned(),
            clock: Clock::system(),
            change: Vec::new(),
            tapped: false,
            mail_server: None,
        }
    }

    /// What the test calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The services of the running site.
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// Host and port: the second half of its handles.
    pub fn host(&self) -> String {
        self.services.origin.host().to_owned()
    }

    /// An address on the site.
    pub fn url(&self, path: &str) -> Url {
        self.services.origin.at(path).parse().expect("a path")
    }

    /// The ActivityPub id of a person.
    pub fn actor(&self, name: &str) -> Url {
        self.services.origin.actor(name).parse().expect("a name")
    }

    /// The site's own actor.
    pub fn site_actor(&self) -> Url {
        self.services.origin.instance_actor().parse().expect("an origin is a URL")
    }

    /// The inbox of a person.
    pub fn inbox(&self, name: &str) -> Url {
        self.services.origin.collection(name, "inbox").parse().expect("a name")
    }

    /// The inbox of the whole site.
    pub fn shared_inbox(&self) -> Url {
        self.services.origin.shared_inbox().parse().expect("an origin is a URL")
    }

    /// The wire between the site and the others.
    ///
    /// # Panics
    /// If the site was not started so.
    #[track_caller]
    pub fn tap(&self) -> &Tap {
        self.tap.as_ref().expect("the site was started with a tap")
    }

    /// The folder with everything that the site keeps, to be copied and put back; none if its rows are on a
    /// PostgreSQL server.
    pub fn data(&self) -> Option<PathBuf> {
        self.database.is_none().then(|| self.config.server.data_dir.clone())
    }

    /// The mails that it sent, the oldest first; where it was built as `mailing`.
    pub fn mails(&self) -> Vec<SentMail> {
        mails::in_folder(&self.config.server.data_dir.join("mail"))
    }

    /// The time of the site.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Somebody with an account here, and a token for everything that a person may do.
    pub async fn person(&self, name: &str) -> Person {
        self.person_with(name, Role::Member).await
    }

    /// Two people.
    pub async fn two_people(&self) -> (Person, Person) {
        tokio::join!(self.person("ann"), self.person("bob"))
    }

    /// Somebody who works at the desk.
    pub async fn moderator(&self, name: &str) -> Person {
        self.person_with(name, Role::Moderator).await
    }

    /// Somebody who runs the site.
    pub async fn admin(&self, name: &str) -> Person {
        self.person_with(name, Role::Admin).await
    }

    async fn person_with(&self, name: &str, role: Role) -> Person {
        let new = NewPerson {
            username: name.to_owned(),
            email: person::email_of(name),
            password: person::PASSWORD.to_owned(),
            display_name: String::new(),
            role,
        };
        let account = auth::create(&self.services, new).await.expect("the name is free");
        let scopes = Scopes::parse("read write follow push profile").expect("scopes");
        let token = auth::token::create(&self.services, account.id, &scopes, "test").await.expect("a token");
        Person::new(self.url("/"), &self.host(), name, account.id, &token)
    }

    /// Opens a path as somebody without an account.
    pub async fn anybody_gets(&self, path: &str) -> Answer {
        Http::default().get(self.url(path), "*/*").await
    }

    /// Stops the site; its rows and files stay.
    pub async fn stop(&mut self) {
        if let Some(site) = self.site.take() {
            site.stop().await;
        }
    }

    /// Starts the site again at the same address, after stopping it if it runs.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.site = Some(run(&self.config, &self.clock).await);
        self.services = self.site.as_ref().expect("it was just started").services().clone();
    }

    /// Waits until all that follows from what happened is done: no event waits, and nothing waits to be
    /// delivered except to those who do not answer.
    pub async fn settles(&self) {
        eventually(&format!("{} has settled", self.name), async || {
            (self.open_work().await == 0).then_some(())
        })
        .await;
    }

    async fn open_work(&self) -> i64 {
        let mut conn = self.services.db.read().await.expect("the database answers");
        let rows: (i64,) = conn
            .one(
                sql!(
                    "SELECT (SELECT count(*) FROM events)
                          + (SELECT count(*) FROM thread_lookups WHERE state = 'waiting')
                          + (SELECT count(*)
                             FROM deliveries
                             WHERE dead_at IS NULL
                               AND NOT EXISTS (SELECT 1 FROM hosts WHERE hosts.host = deliveries.host AND failures > 0))"
                ),
                args![],
            )
            .await
            .expect("the rows can be counted");
        rows.0
    }

    /// An administrator invites another site to be a peer.
    pub async fn invites(&self, host: &str) {
        let profile = fetch::site(&self.services, host).await.expect("the site answers");
        organisation::invite(&self.services, By::Site, profile).await.expect("the site can be invited");
    }

    /// An administrator accepts a site that asked.
    pub async fn accepts(&self, host: &str) {
        organisation::accept(&self.services, By::Site, host).await.expect("the site asked");
    }

    /// An administrator ends the peering.
    pub async fn removes(&self, host: &str) {
        organisation::remove(&self.services, By::Site, host).await.expect("the site is a peer");
    }

    /// A moderator removes a post, as this site knows it.
    pub async fn removes_post(&self, moderator: &Person, status: &Value, reason: &str) {
        let id = person::text_of(status, "id").parse().expect("an id");
        let grounds = Grounds::because(reason);
        moderation::remove_post(&self.services, moderator.id, id, grounds)
            .await
            .expect("the post is removed");
    }

    /// A moderator suspends somebody, as this site knows them.
    pub async fn suspends(&self, moderator: &Person, account: &Value, reason: &str) {
        let id = person::text_of(account, "id").parse().expect("an id");
        let grounds = Grounds::because(reason);
        moderation::suspend_person(&self.services, moderator.id, id, grounds)
            .await
            .expect("they are suspended");
    }

    /// How the site stands to another one, as in `accepted`.
    pub async fn peer_state(&self, host: &str) -> Option<String> {
        let mut conn = self.services.db.read().await.expect("the database answers");
        let peer = organisation::store::find(&mut conn, host).await.expect("the peers can be read");
        peer.map(|peer| peer.state.to_string())
    }
}

impl TestAppBuilder {
    /// Calls the site something else.
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// Speaks with everybody.
    pub fn open(self) -> Self {
        self.with(|config| config.federation.mode = FederationMode::Open)
    }

    /// With another clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// With other settings.
    pub fn with(mut self, change: fn(&mut Config)) -> Self {
        self.change.push(change);
        self
    }

    /// Sends mails into a folder, from which [`TestApp::mails`] reads them.
    pub fn mailing(self) -> Self {
        self.with(|config| {
            config.mail.transport = MailTransport::Folder;
            "Engineering <breezeway@example.org>".clone_into(&mut config.mail.from);
        })
    }

    /// Sends mails to a mail server on loopback.
    pub fn mailing_to(self, port: u16) -> Self {
        Self { mail_server: Some(port), ..self.mailing() }
    }

    /// Lets everybody reach it through a wire that is listened to.
    pub fn tapped(self) -> Self {
        Self { tapped: true, ..self }
    }

    /// Starts it.
    pub async fn start(self) -> TestApp {
        // Much is on the way; whoever waits for it need not carry it.
        Box::pin(self.begin()).await
    }

    async fn begin(self) -> TestApp {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = TestDatabase::postgres().await;
        let mut config = settings(&self.name, &folder, database.as_ref());
        for change in self.change {
            change(&mut config);
        }
        if let Some(port) = self.mail_server {
            config.mail.transport = MailTransport::Smtp;
            "127.0.0.1".clone_into(&mut config.mail.host);
            config.mail.port = port;
            config.mail.encryption = MailEncryption::None;
        }
        let tap = if self.tapped { Some(Tap::start().await) } else { None };
        if let Some(tap) = &tap {
            config.site.url.set_port(Some(tap.address().port())).expect("an http address has a port");
        }
        let site = run(&config, &self.clock).await;
        if let Some(tap) = &tap {
            tap.leads_to(site.address());
        }
        let services = site.services().clone();
        // The port that was found is the port of every later start.
        config.server.listen = site.address();
        config.site.url = site.url().clone();
        TestApp {
            name: self.name,
            config,
            clock: self.clock,
            site: Some(site),
            services,
            tap,
            _folder: folder,
            database,
        }
    }
}

/// Loopback, no rates, quick retries.
fn settings(name: &str, folder: &TempDir, database: Option<&TestDatabase>) -> Config {
    let listen: SocketAddr = ([127, 0, 0, 1], 0).into();
    let mut config = Config::loopback(listen, folder.path().join("data"));
    name.clone_into(&mut config.site.name);
    config.database.url = database.map(|database| database.url().parse().expect("the address of a database"));
    config.database.connections = 4;
    config.limits = config.limits.without_rates();
    config.federation.retry_first_delay = std::time::Duration::from_millis(100);
    config.federation.retry_max_delay = std::time::Duration::from_secs(1);
    config
}

async fn run(config: &Config, clock: &Clock) -> Site {
    let options =
        Options { config: config.clone(), clock: clock.clone(), random: Random::system(), listener: None };
    Site::start(options).await.expect("the site of the test starts")
}

impl std::fmt::Debug for TestApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TestApp")
            .field("name", &self.name)
            .field("services", &self.services)
            .finish_non_exhaustive()
    }
}
