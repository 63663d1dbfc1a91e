//! A department of the demo: a site, its people, and what they do in the conversation.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, bail};

use super::cast::{DepartmentCast, PASSWORD, PersonCast};
use super::folder::Folder;
use super::picture;
use crate::app::{Options, Site};
use crate::base::config::Config;
use crate::base::id::{AccountId, StatusId};
use crate::base::page::Page;
use crate::base::text::Format;
use crate::base::{Clock, Result};
use crate::domain::accounts::update_profile::{Change, update_profile};
use crate::domain::auth::{self, NewPerson, Role};
use crate::domain::media;
use crate::domain::organisation::{self, By};
use crate::domain::statuses::create::{Draft, create};
use crate::domain::statuses::hydrate::StatusView;
use crate::domain::{follows, statuses, timelines};
use crate::federation::fetch;
use crate::platform::images;
use crate::platform::services::Services;

/// How long to wait for something to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often to look.
const LOOK: Duration = Duration::from_millis(20);

/// A site and its people.
pub struct Department {
    cast: &'static DepartmentCast,
    site: Site,
    people: Vec<AccountId>,
}

impl Department {
    /// Starts the site with a database of its own, and gives everybody an account and a face.
    pub async fn open(
        cast: &'static DepartmentCast,
        address: SocketAddr,
        folder: &Folder,
    ) -> anyhow::Result<Self> {
        let mut config = Config::loopback(address, folder.path().join(cast.key));
        cast.name.clone_into(&mut config.site.name);
        cast.description.clone_into(&mut config.site.description);
        config.site.colour = cast.colour.parse().map_err(anyhow::Error::msg)?;
        config.federation.retry_first_delay = Duration::from_secs(1);
        config.database.connections = 4;
        let site = Site::start(Options::new(config)).await?;
        let mut department = Self { cast, site, people: Vec::new() };
        for (index, person) in cast.people.iter().enumerate() {
            let role = if index == 0 { Role::Admin } else { Role::Member };
            let id = department.settle(person, role).await?;
            department.people.push(id);
        }
        Ok(department)
    }

    async fn settle(&self, person: &PersonCast, role: Role) -> anyhow::Result<AccountId> {
        let services = self.services();
        let new = NewPerson {
            username: person.username.to_owned(),
            email: format!("{}@{}.example", person.username, self.cast.key),
            password: PASSWORD.to_owned(),
            display_name: person.name.to_owned(),
            role,
        };
        let account = auth::create(services, new).await?;
        let seed = person.face;
        let face = tokio::task::spawn_blocking(move || images::face(seed)).await??;
        let avatar = media::face::keep_avatar(services, face.bytes.into()).await?;
        let change =
            Change { note: Some(person.bio.to_owned()), avatar_key: Some(Some(avatar)), ..Change::default() };
        update_profile(services, account.id, change).await?;
        Ok(account.id)
    }

    pub fn services(&self) -> &Services {
        self.site.services()
    }

    pub fn name(&self) -> &'static str {
        self.cast.name
    }

    pub fn url(&self) -> String {
        self.site.url().to_string()
    }

    pub fn host(&self) -> &str {
        self.services().origin.host()
    }

    /// As in `ann, bela, mei`.
    pub fn logins(&self) -> String {
        let names: Vec<_> = self.cast.people.iter().map(|person| person.username).collect();
        names.join(", ")
    }

    /// Says that the department is there.
    pub fn announce(&self) {
        let names: Vec<_> = self.cast.people.iter().map(|person| person.name).collect();
        println!("{} opens at {} with {}", self.name(), self.url(), names.join(", "));
    }

    /// As in `ann@127.0.0.1:4101`.
    pub fn handle(&self, username: &str) -> String {
        format!("{username}@{}", self.host())
    }

    fn id(&self, username: &str) -> anyhow::Result<AccountId> {
        let index = self.cast.people.iter().position(|person| person.username == username);
        index
            .and_then(|index| self.people.get(index).copied())
            .with_context(|| format!("nobody at {} is called {username}", self.name()))
    }

    /// Shakes hands with another department; both sides agree.
    pub async fn peers_with(&self, other: &Self) -> anyhow::Result<()> {
        let profile = fetch::site(self.services(), other.host()).await?;
        organisation::invite(self.services(), By::Site, profile).await?;
        self.wait(&format!("{} does not hear the invitation", other.name()), async || {
            Ok(peer_state(other, self.host()).await?.filter(|state| state == "requested"))
        })
        .await?;
        organisation::accept(other.services(), By::Site, self.host()).await?;
        self.wait(&format!("{} does not hear that it was accepted", self.name()), async || {
            Ok(peer_state(self, other.host()).await?.filter(|state| state == "accepted"))
        })
        .await?;
        Ok(())
    }

    /// Somebody follows somebody elsewhere; waits until the other site agreed.
    pub async fn follows(&self, who: &str, handle: &str) -> anyhow::Result<()> {
        let (services, me) = (self.services(), self.id(who)?);
        let target = fetch::handle(services, handle, &fetch::Budget::of(8)).await?.id;
        follows::follow(services, me, target, follows::follow::Wishes::default()).await?;
        self.wait(&format!("{handle} does not accept the follow of {who}"), async || {
            let mut conn = services.db.read().await?;
            let follow = follows::store::find(&mut conn, me, target).await?;
            Ok(follow.filter(|follow| follow.accepted))
        })
        .await?;
        Ok(())
    }

    /// Somebody writes a post.
    pub async fn posts(&self, who: &str, text: &str) -> anyhow::Result<StatusId> {
        self.writes(who, Draft { text: text.to_owned(), format: Format::Markdown, ..Draft::default() }).await
    }

    /// Somebody answers a post.
    pub async fn replies(&self, who: &str, to: StatusId, text: &str) -> anyhow::Result<StatusId> {
        let draft = Draft { text: text.to_owned(), in_reply_to: Some(to), ..Draft::default() };
        self.writes(who, draft).await
    }

    /// Somebody posts a picture.
    pub async fn shows(&self, who: &str, text: &str, alt: &str) -> anyhow::Result<StatusId> {
        let drawn = tokio::task::spawn_blocking(picture::evening).await??;
        let media = media::upload(self.services(), self.id(who)?, bytes::Bytes::from(drawn), alt).await?;
        let draft = Draft { text: text.to_owned(), media: vec![media.id], ..Draft::default() };
        self.writes(who, draft).await
    }

    async fn writes(&self, who: &str, draft: Draft) -> anyhow::Result<StatusId> {
        Ok(create(self.services(), self.id(who)?, draft).await?)
    }

    pub async fn likes(&self, who: &str, status: StatusId) -> anyhow::Result<()> {
        Ok(statuses::favourite::favourite(self.services(), self.id(who)?, status).await?)
    }

    pub async fn reposts(&self, who: &str, status: StatusId) -> anyhow::Result<()> {
        statuses::reblog::reblog(self.services(), self.id(who)?, status).await?;
        Ok(())
    }

    /// Waits until somebody has a post with these words at home; answers it and how long it took.
    pub async fn sees(&self, who: &str, words: &str) -> anyhow::Result<Seen> {
        let (services, me) = (self.services(), self.id(who)?);
        let start = Clock::system().now();
        let status = self
            .wait(&format!("“{words}” does not reach {who} at {}", self.name()), async || {
                let mut conn = services.db.read().await?;
                let home = timelines::home(services, &mut conn, me, Page::first(40)).await?;
                let found = home.statuses.into_iter().find(|view| has_words(view, words));
                Ok(found.map(|view| view.shown().status.id))
            })
            .await?;
        Ok(Seen { status, millis: Clock::system().now().0 - start.0 })
    }

    /// Waits until a post has as many likes, reposts and answers.
    pub async fn counts(&self, status: StatusId, wanted: (i64, i64, i64)) -> anyhow::Result<()> {
        let services = self.services();
        self.wait(&format!("likes, reposts and answers do not come back to {}", self.name()), async || {
            let mut conn = services.db.read().await?;
            let status = statuses::store::get(&mut conn, status).await?;
            let counts = (status.favourites_count, status.reblogs_count, status.replies_count);
            Ok((counts == wanted).then_some(()))
        })
        .await
    }

    async fn wait<T>(&self, problem: &str, look: impl AsyncFn() -> Result<Option<T>>) -> anyhow::Result<T> {
        let looking = async {
            loop {
                match look().await {
                    Ok(Some(found)) => return Ok(found),
                    Ok(None) => tokio::time::sleep(LOOK).await,
                    Err(error) => return Err(error),
                }
            }
        };
        match tokio::time::timeout(PATIENCE, looking).await {
            Ok(found) => Ok(found?),
            Err(_) => bail!("{problem}, not even after {} s", PATIENCE.as_secs()),
        }
    }

    pub async fn stop(self) {
        self.site.stop().await;
    }
}

/// A post that arrived.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// As it is called where it was seen.
    pub status: StatusId,
    /// How long it took from the moment that somebody began to look.
    pub millis: i64,
}

fn has_words(view: &StatusView, words: &str) -> bool {
    view.shown().status.content.contains(words)
}

async fn peer_state(at: &Department, host: &str) -> Result<Option<String>> {
    let mut conn = at.services().db.read().await?;
    let peer = organisation::store::find(&mut conn, host).await?;
    Ok(peer.map(|peer| peer.state.to_string()))
}
