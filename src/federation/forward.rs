//! Passing on what others answer in threads of this site: byte for byte, with its proof, to the sites whose people
//! follow the thread's author and so have the thread; once, and never wider than the answer is addressed.
//!
//! Spec: <https://www.w3.org/TR/activitypub/#inbox-forwarding>

use url::Url;

use super::delivery::{self, Letter};
use super::signer::Signer;
use super::vouch;
use crate::activitystreams::audience::is_public;
use crate::base::Result;
use crate::base::origin::host_of_uri;
use crate::domain::accounts::{self, Account};
use crate::domain::follows;
use crate::domain::statuses::{self, Status, Visibility};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// What may be passed on.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// The id of the activity.
    pub id: &'a Url,
    /// Whom it is for.
    pub to: &'a [Url],
    /// Whom it is for, too.
    pub cc: &'a [Url],
    /// The post that it answers, or that is answered by what it is about.
    pub parent: &'a str,
    /// The bytes that came, if they carry a proof.
    pub body: Option<&'a [u8]>,
}

/// An activity on its way on.
#[derive(Clone, Debug)]
pub struct Forward {
    letter: Letter,
    inboxes: Vec<String>,
}

impl Forward {
    /// Writes the deliveries, in the transaction that takes the activity in.
    ///
    /// # Errors
    /// As the database.
    pub async fn enqueue(&self, services: &Services, tx: &mut Tx) -> Result<()> {
        if delivery::enqueue(services, tx, &self.letter, &self.inboxes).await? > 0 {
            let hub = services.hub.clone();
            tx.after_commit(move || hub.wake_delivery());
        }
        Ok(())
    }
}

/// Works out whether and where `heard` goes on. Looks at nothing but the bytes if they carry no proof.
///
/// # Errors
/// As the database.
pub async fn prepare(services: &Services, signer: &Signer, heard: Heard<'_>) -> Result<Option<Forward>> {
    let Some(body) = heard.body.and_then(|body| std::str::from_utf8(body).ok()) else {
        return Ok(None);
    };
    let perhaps_ours = |to: &Url| is_public(to) || services.origin.owns(to.as_str());
    if !heard.to.iter().chain(heard.cc).any(perhaps_ours) {
        return Ok(None);
    }
    let Some((owner, inboxes)) = whereto(services, signer, heard).await? else { return Ok(None) };
    let Ok(actor) = Url::parse(&signer.actor) else { return Ok(None) };
    match vouch::by_proof(services, &actor, body.as_bytes()).await {
        Ok(_) => {
            let letter = Letter::new(owner.id, heard.id.to_string(), body.to_owned());
            Ok(Some(Forward { letter, inboxes }))
        }
        Err(problem) => {
            tracing::info!(id = %heard.id, "{} is not passed on: {problem}", heard.id);
            Ok(None)
        }
    }
}

/// The author of the thread, and the inboxes of the followers elsewhere; none if it is not for them.
async fn whereto(
    services: &Services,
    signer: &Signer,
    heard: Heard<'_>,
) -> Result<Option<(Account, Vec<String>)>> {
    let mut conn = services.db.read().await?;
    let Some(thread) = our_thread(&mut conn, heard.parent).await? else { return Ok(None) };
    let owner = accounts::store::get(&mut conn, thread.account_id).await?;
    let followers = services.origin.collection(&owner.username, "followers");
    let for_them = |to: &Url| is_public(to) || to.as_str() == followers;
    if !heard.to.iter().chain(heard.cc).any(for_them) {
        return Ok(None);
    }
    let author = accounts::store::get(&mut conn, signer.account).await?;
    let blocked = follows::store::list_blocked_either_way(&mut conn, owner.id, &[author.id]).await?;
    if !blocked.is_empty() || author.limited_at.is_some() || owner.is_hidden() {
        return Ok(None);
    }
    let mut inboxes = follows::store::list_follower_inboxes(&mut conn, owner.id).await?;
    inboxes.retain(|inbox| host_of_uri(inbox).is_some_and(|host| host != signer.host));
    Ok(Some((owner, inboxes)).filter(|(_, inboxes)| !inboxes.is_empty()))
}

/// The post of this site which is answered, or with which the thread began; if its followers have it.
async fn our_thread(conn: &mut Conn, parent: &str) -> Result<Option<Status>> {
    let Some(parent) = statuses::store::find_by_uri(conn, parent).await? else { return Ok(None) };
    let thread = if parent.local || parent.conversation_id == parent.id {
        Some(parent)
    } else {
        statuses::store::list(conn, &[parent.conversation_id]).await?.pop()
    };
    Ok(thread.filter(|thread| {
        thread.local
            && thread.removed_at.is_none()
            && !matches!(thread.visibility, Visibility::Site | Visibility::Direct)
    }))
}
