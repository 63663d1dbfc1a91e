//! What moderators do: remove a post, limit or suspend a person, block a site. Doing it twice is the same as doing
//! it once: the second call returns the action that holds.

use url::Url;

use super::model::{Action, ActionKind, Grounds};
use super::rules::{check_reason, may_act_on, require_moderator, role_of};
use super::{resolve, store};
use crate::base::id::{AccountId, ModerationActionId, ReportId, StatusId};
use crate::base::origin::host_of;
use crate::base::{Error, Result};
use crate::domain::auth::Role;
use crate::domain::organisation::{self, Peer, PeerState};
use crate::domain::{accounts, auth, statuses};
use crate::platform::db::Tx;
use crate::platform::hub::News;
use crate::platform::services::Services;

/// A moderator at work, with a reason that was checked.
pub(super) struct Desk<'a> {
    pub services: &'a Services,
    pub moderator: AccountId,
    pub role: Role,
    pub reason: String,
    pub report: Option<ReportId>,
    pub resolve: bool,
}

/// What an action is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    pub account: Option<AccountId>,
    pub status: Option<StatusId>,
    pub host: Option<String>,
}

impl<'a> Desk<'a> {
    /// Lets a moderator in.
    async fn enter(
        services: &'a Services,
        tx: &mut Tx,
        moderator: AccountId,
        grounds: Grounds,
    ) -> Result<Self> {
        let role = require_moderator(tx, moderator).await?;
        let reason = check_reason(&grounds.reason)?;
        if let Some(report) = grounds.report {
            store::get(tx, report).await?;
        }
        Ok(Self { services, moderator, role, reason, report: grounds.report, resolve: grounds.resolve })
    }

    /// Whether this moderator may act on that person.
    pub async fn require_over(&self, tx: &mut Tx, person: AccountId) -> Result<()> {
        may_act_on((self.moderator, self.role), (person, role_of(tx, person).await?))
    }

    /// Writes the action into the log if it `changed` anything; the report is resolved in any case, if that is wanted.
    async fn note(
        &self,
        tx: &mut Tx,
        kind: ActionKind,
        subject: Subject,
        changed: bool,
    ) -> Result<ModerationActionId> {
        let id = match store::find_active(tx, kind, &subject).await? {
            Some(id) if !changed => id,
            _ => self.write(tx, kind, subject, None).await?,
        };
        if let Some(report) = self.report.filter(|_| self.resolve) {
            resolve::resolve_in(self, tx, report).await?;
        }
        Ok(id)
    }

    /// Adds a row to the log.
    pub async fn write(
        &self,
        tx: &mut Tx,
        kind: ActionKind,
        subject: Subject,
        undoes: Option<ModerationActionId>,
    ) -> Result<ModerationActionId> {
        let action = Action {
            id: self.services.ids.next(),
            moderator_id: self.moderator,
            kind,
            account_id: subject.account,
            status_id: subject.status,
            host: subject.host,
            report_id: self.report,
            reason: self.reason.clone(),
            undoes,
            created_at: self.services.clock.now(),
        };
        store::insert_action(tx, &action).await?;
        super::tell::tell_in(self.services, tx, &action).await?;
        Ok(action.id)
    }
}

/// Removes a post from this site. Its row stays, so that this can be undone and nothing that comes later puts it back.
///
/// # Errors
/// [`Error::Forbidden`] if `moderator` may not; [`Error::NotFound`] without such a post; [`Error::Invalid`] for a
/// reason that is too short or too long.
pub async fn remove_post(
    services: &Services,
    moderator: AccountId,
    status: StatusId,
    grounds: Grounds,
) -> Result<ModerationActionId> {
    let mut tx = services.db.begin().await?;
    let desk = Desk::enter(services, &mut tx, moderator, grounds).await?;
    let status = statuses::store::get(&mut tx, status).await?;
    desk.require_over(&mut tx, status.account_id).await?;
    let changed = statuses::store::update_removed(&mut tx, status.id, Some(services.clock.now())).await?;
    let subject = Subject { account: Some(status.account_id), status: Some(status.id), host: None };
    let id = desk.note(&mut tx, ActionKind::RemovePost, subject, changed).await?;
    tx.commit().await?;
    services.hub.tell(News::Changed { status: status.id.0 });
    Ok(id)
}

/// Hides a person from public timelines, search and notifications, except for those who follow them.
///
/// # Errors
/// As [`remove_post`].
pub async fn limit_person(
    services: &Services,
    moderator: AccountId,
    person: AccountId,
    grounds: Grounds,
) -> Result<ModerationActionId> {
    let mut tx = services.db.begin().await?;
    let desk = Desk::enter(services, &mut tx, moderator, grounds).await?;
    let person = person_of(&mut tx, &desk, person).await?;
    let changed = accounts::store::update_limited(&mut tx, person.id, Some(services.clock.now())).await?;
    let subject = Subject { account: Some(person.id), ..Subject::default() };
    let id = desk.note(&mut tx, ActionKind::LimitPerson, subject, changed).await?;
    tx.commit().await?;
    Ok(id)
}

/// Makes a person vanish from this site: neither shown nor heard. A person of this site is signed out everywhere and
/// can do nothing any more. Follows stay in their rows, so that undoing brings everything back.
///
/// # Errors
/// As [`remove_post`].
pub async fn suspend_person(
    services: &Services,
    moderator: AccountId,
    person: AccountId,
    grounds: Grounds,
) -> Result<ModerationActionId> {
    let mut tx = services.db.begin().await?;
    let desk = Desk::enter(services, &mut tx, moderator, grounds).await?;
    let person = person_of(&mut tx, &desk, person).await?;
    let changed = accounts::store::update_suspended(&mut tx, person.id, Some(services.clock.now())).await?;
    if person.is_local() {
        // Tokens of programs stay, and are refused while the suspension holds.
        auth::store::sessions::delete_others(&mut tx, person.id, None).await?;
    }
    accounts::receive::forget_after_commit(services, &mut tx, &person.uri);
    let subject = Subject { account: Some(person.id), ..Subject::default() };
    let id = desk.note(&mut tx, ActionKind::SuspendPerson, subject, changed).await?;
    tx.commit().await?;
    Ok(id)
}

/// Blocks another site, known or not: nothing is sent to it or taken from it, and its people are not shown here.
///
/// # Errors
/// As [`remove_post`]; [`Error::Invalid`] if `host` is none, or ours.
pub async fn block_site(
    services: &Services,
    moderator: AccountId,
    host: &str,
    grounds: Grounds,
) -> Result<ModerationActionId> {
    let mut tx = services.db.begin().await?;
    let desk = Desk::enter(services, &mut tx, moderator, grounds).await?;
    let host = check_host(services, host)?;
    let now = services.clock.now();
    let peer = if let Some(peer) = organisation::store::find(&mut tx, &host).await? {
        peer.id
    } else {
        let stranger = stranger(services, &host);
        organisation::store::upsert(&mut tx, &stranger).await?;
        stranger.id
    };
    let changed = organisation::store::update_blocked(&mut tx, peer, Some(now), now).await?;
    organisation::known::forget_after_commit(services, &mut tx);
    forget_people_after_commit(services, &mut tx, &host);
    let subject = Subject { host: Some(host), ..Subject::default() };
    let id = desk.note(&mut tx, ActionKind::BlockSite, subject, changed).await?;
    tx.commit().await?;
    Ok(id)
}

/// Keys remember whether their owner is heard.
pub(super) fn forget_people_after_commit(services: &Services, tx: &mut Tx, host: &str) {
    let (services, host) = (services.clone(), host.to_owned());
    tx.after_commit(move || services.caches.forget_host(&host));
}

async fn person_of(tx: &mut Tx, desk: &Desk<'_>, person: AccountId) -> Result<accounts::Account> {
    let person = accounts::store::get(tx, person).await?;
    let peer = organisation::store::find(tx, &person.host).await?;
    let is_site = peer.is_some_and(|peer| peer.actor_uri.as_deref() == Some(person.uri.as_str()));
    if person.id.0 <= 0 || is_site {
        return Err(Error::invalid("account", "stands for a site; block the site instead"));
    }
    desk.require_over(tx, person.id).await?;
    Ok(person)
}

/// As in `sales.example.org` or `127.0.0.2:4105`; who types a whole address means its host.
fn check_host(services: &Services, host: &str) -> Result<String> {
    let problem = || Error::invalid("host", "must be the host of another site, as in sales.example.org");
    let host = host.trim().to_lowercase();
    let address = if host.contains("://") { host } else { format!("https://{host}") };
    let host = host_of(&Url::parse(&address).map_err(|_| problem())?);
    if host.is_empty() || host == services.origin.host() { Err(problem()) } else { Ok(host) }
}

fn stranger(services: &Services, host: &str) -> Peer {
    let now = services.clock.now();
    Peer {
        id: services.ids.next(),
        host: host.to_owned(),
        state: PeerState::None,
        actor_uri: None,
        inbox: None,
        name: String::new(),
        colour: String::new(),
        organisation_uri: None,
        follow_uri: None,
        blocked_at: None,
        created_at: now,
        updated_at: now,
    }
}
