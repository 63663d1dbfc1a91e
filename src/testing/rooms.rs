//! A site without a door: services on a fresh database, for tests of the domain's verbs on either engine.

use std::time::Duration;

use url::Url;

use super::database::TestDatabase;
use crate::app;
use crate::base::clock::Hand;
use crate::base::config::{Config, MailTransport};
use crate::base::id::{AccountId, StatusId};
use crate::base::page::Page;
use crate::base::text::Format;
use crate::base::{Clock, Millis};
use crate::domain::accounts::keys::NewKeys;
use crate::domain::accounts::{self, Account, Kind, NewAccount};
use crate::domain::auth::{self, Role, User};
use crate::domain::event::{self, Event};
use crate::domain::organisation::{self, PeerProfile};
use crate::domain::statuses::model::{NewStatus, Parent};
use crate::domain::statuses::{self, Draft, Reader, Status, Visibility};
use crate::domain::{follows, timelines};
use crate::platform::crypto::Random;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// The host of the other department.
pub const SALES: &str = "sales.example.org";

/// The site `eng.example.org`, closed, and what a test does there. Nothing runs by itself: no effects, no network.
#[derive(Debug)]
pub struct Rooms {
    /// Of the site.
    pub services: Services,
    /// Moves its clock, which stands still.
    pub hand: Hand,
}

/// Runs a test on SQLite and, where there is a server, on PostgreSQL.
pub async fn each_site<F>(test: F)
where
    F: AsyncFn(Rooms),
{
    each_site_with(|_| {}, test).await;
}

/// As [`each_site`], where mails go into a folder. Nobody sends them by itself.
pub async fn each_mailing_site<F>(test: F)
where
    F: AsyncFn(Rooms),
{
    let mailing = |config: &mut Config| {
        config.mail.transport = MailTransport::Folder;
        "Engineering <breezeway@example.org>".clone_into(&mut config.mail.from);
    };
    each_site_with(mailing, test).await;
}

async fn each_site_with<F>(change: impl Fn(&mut Config), test: F)
where
    F: AsyncFn(Rooms),
{
    let mut databases = vec![TestDatabase::sqlite()];
    databases.extend(TestDatabase::postgres().await);
    for database in databases {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut config = Config::loopback(([127, 0, 0, 1], 4000).into(), folder.path().join("data"));
        config.site.url = Url::parse("https://eng.example.org").expect("a literal");
        config.database.url = Some(database.url().parse().expect("the address of a database"));
        config.database.connections = 4;
        config.limits = config.limits.without_rates();
        change(&mut config);
        let (clock, hand) = Clock::manual(Millis(1_767_323_045_000));
        let services = app::open::open(config, clock, Random::system()).await.expect("the site opens");
        test(Rooms { services: services.clone(), hand }).await;
        services.db.close().await;
    }
}

impl Rooms {
    /// For reading.
    pub async fn conn(&self) -> Conn {
        self.services.db.read().await.expect("the database answers")
    }

    /// A member of this site.
    pub async fn person(&self, name: &str) -> AccountId {
        self.staff(name, Role::Member).await
    }

    /// Somebody of this site with a role. Cannot sign in: that takes a password, and its hash time.
    pub async fn staff(&self, name: &str, role: Role) -> AccountId {
        let id = self.account(name, "").await;
        let user = User {
            account_id: id,
            email: format!("{name}@example.org"),
            role,
            default_visibility: String::new(),
            default_sensitive: false,
            default_language: None,
            read_notification: 0,
            disabled_at: None,
            created_at: self.services.clock.now(),
            last_seen_at: None,
            settings: auth::Settings::default(),
        };
        let mut tx = self.services.db.begin().await.expect("a transaction");
        assert!(auth::store::insert(&mut tx, &user, "no password").await.expect("a row"));
        tx.commit().await.expect("committed");
        id
    }

    /// Somebody of this site with keys, so that what they do can be sent.
    pub async fn person_who_signs(&self, name: &str) -> AccountId {
        let id = self.person(name).await;
        let mut tx = self.services.db.begin().await.expect("a transaction");
        let uri = accounts::store::get(&mut tx, id).await.expect("a row").uri;
        let keys = NewKeys::generate().await.expect("keys");
        keys.insert(&mut tx, id, &uri, self.services.clock.now()).await.expect("rows");
        tx.commit().await.expect("committed");
        id
    }

    /// Somebody of another site, as if read from there.
    pub async fn colleague(&self, name: &str) -> AccountId {
        self.account(name, SALES).await
    }

    async fn account(&self, name: &str, host: &str) -> AccountId {
        let mut tx = self.services.db.begin().await.expect("a transaction");
        let id = self.services.ids.next();
        let new = self.profile(name, host);
        let inserted = accounts::store::insert(&mut tx, id, &new, self.services.clock.now()).await;
        assert!(inserted.expect("a row"), "{name} is there already");
        tx.commit().await.expect("committed");
        id
    }

    /// What an origin says of somebody.
    pub fn profile(&self, name: &str, host: &str) -> NewAccount {
        let at =
            if host.is_empty() { self.services.origin.base().to_owned() } else { format!("https://{host}") };
        let uri = format!("{at}/users/{name}");
        NewAccount {
            username: name.to_owned(),
            host: host.to_owned(),
            kind: Kind::Person,
            url: format!("{at}/@{name}"),
            display_name: String::new(),
            note: String::new(),
            fields: Vec::new(),
            avatar_url: None,
            header_url: None,
            locked: false,
            discoverable: true,
            inbox: format!("{uri}/inbox"),
            shared_inbox: Some(format!("{at}/inbox")),
            outbox: None,
            followers_uri: Some(format!("{uri}/followers")),
            following_uri: None,
            featured_uri: Some(format!("{uri}/featured")),
            also_known_as: Vec::new(),
            moved_to: None,
            indexable: true,
            created_at: self.services.clock.now(),
            keys: Vec::new(),
            uri,
        }
    }

    /// What another site says of itself.
    pub fn site(host: &str) -> PeerProfile {
        PeerProfile {
            host: host.to_owned(),
            actor_uri: format!("https://{host}/actor"),
            inbox: format!("https://{host}/inbox"),
            name: "Sales".to_owned(),
            colour: "#aa3311".to_owned(),
            organisation_uri: Some(format!("https://{host}/organisation")),
        }
    }

    /// Shakes hands with the other department.
    pub async fn peers_with(&self, host: &str) {
        let invite = organisation::invite(&self.services, organisation::By::Site, Self::site(host));
        let uri = invite.await.expect("invited").follow_uri.expect("an invitation has an id");
        let mut tx = self.services.db.begin().await.expect("a transaction");
        let accepted = organisation::receive::accept(&self.services, &mut tx, host, &uri).await;
        assert!(accepted.expect("accepted"));
        tx.commit().await.expect("committed");
    }

    /// `follower` follows `target`, and it holds.
    pub async fn follows(&self, follower: AccountId, target: AccountId) {
        let mut tx = self.services.db.begin().await.expect("a transaction");
        let follow = follows::Follow {
            account_id: follower,
            target_id: target,
            accepted: false,
            uri: format!("https://example.org/follows/{follower}-{target}"),
            show_reblogs: true,
            notify: false,
            languages: None,
            created_at: self.services.clock.now(),
        };
        follows::follow::request_in(&self.services, &mut tx, follow).await.expect("asked");
        follows::follow::accept_in(&self.services, &mut tx, follower, target).await.expect("accepted");
        tx.commit().await.expect("committed");
    }

    /// A person of this site posts, as widely as the site allows.
    pub async fn posts(&self, author: AccountId, text: &str) -> StatusId {
        self.drafts(author, Draft { text: text.to_owned(), ..Draft::default() }).await
    }

    /// A person of this site posts to some.
    pub async fn posts_to(&self, visibility: Visibility, author: AccountId, text: &str) -> StatusId {
        self.drafts(author, Draft { text: text.to_owned(), visibility: Some(visibility), ..Draft::default() })
            .await
    }

    /// A person of this site answers.
    pub async fn answers(&self, author: AccountId, to: StatusId, text: &str) -> StatusId {
        self.drafts(author, Draft { text: text.to_owned(), in_reply_to: Some(to), ..Draft::default() }).await
    }

    /// A person of this site posts.
    pub async fn drafts(&self, author: AccountId, draft: Draft) -> StatusId {
        self.hand.advance(Duration::from_secs(1));
        let draft = Draft { format: Format::Plain, ..draft };
        statuses::create(&self.services, author, draft).await.expect("posted")
    }

    /// A post of somebody elsewhere, as it would be written: `name` makes its address, `to` is what it answers.
    /// `None` if it was there.
    pub async fn receives(
        &self,
        author: AccountId,
        name: &str,
        visibility: Visibility,
        to: Option<&str>,
    ) -> Option<StatusId> {
        self.hand.advance(Duration::from_secs(1));
        let mut tx = self.services.db.begin().await.expect("a transaction");
        let parent = match to {
            Some(uri) => statuses::store::find_by_uri(&mut tx, uri).await.expect("asked"),
            None => None,
        };
        let uri = post_uri(name);
        let status = NewStatus {
            id: self.services.ids.next(),
            url: uri.clone(),
            account_id: author,
            local: false,
            visibility,
            content: format!("<p>{name}</p>"),
            source: String::new(),
            source_type: "text/plain".to_owned(),
            spoiler_text: String::new(),
            sensitive: false,
            language: None,
            parent: parent.as_ref().map(Parent::from),
            in_reply_to_uri: to.map(str::to_owned),
            app_id: None,
            mentions: Vec::new(),
            tags: Vec::new(),
            created_at: self.services.clock.now(),
            uri,
        };
        let written = statuses::write::insert(&self.services, &mut tx, &status).await.expect("written");
        tx.commit().await.expect("committed");
        written.then_some(status.id)
    }

    /// The row of a post; `None` if it is gone.
    pub async fn status(&self, id: StatusId) -> Option<Status> {
        statuses::store::list(&mut self.conn().await, &[id]).await.expect("rows").pop()
    }

    /// The row of an account.
    pub async fn account_of(&self, id: AccountId) -> Account {
        accounts::store::get(&mut self.conn().await, id).await.expect("a row")
    }

    /// What stands in somebody's home, newest first.
    pub async fn home(&self, person: AccountId) -> Vec<StatusId> {
        self.home_page(person, Page::first(40)).await
    }

    /// A page of it.
    pub async fn home_page(&self, person: AccountId, page: Page) -> Vec<StatusId> {
        let mut conn = self.conn().await;
        let home = timelines::home(&self.services, &mut conn, person, page).await.expect("a timeline");
        home.statuses.iter().map(|view| view.status.id).collect()
    }

    /// Whether the reader may read the post.
    pub async fn reads(&self, reader: &Reader, id: StatusId) -> bool {
        statuses::get_visible(&self.services, &mut self.conn().await, id, reader).await.is_ok()
    }

    /// What happened since the last call.
    pub async fn events(&self) -> Vec<Event> {
        let mut tx = self.services.db.begin().await.expect("a transaction");
        let due = event::store::list_due(&mut tx, Millis(i64::MAX), 1_000).await.expect("rows");
        let ids: Vec<_> = due.iter().map(|due| due.id).collect();
        event::store::delete(&mut tx, &ids).await.expect("rows");
        tx.commit().await.expect("committed");
        due.into_iter().filter_map(|due| due.event).collect()
    }
}

/// The address of a post of the other department.
pub fn post_uri(name: &str) -> String {
    format!("https://{SALES}/posts/{name}")
}
