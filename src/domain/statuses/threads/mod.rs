//! Threads as wholes: what they are called, what of them is missing here, and who is told when it has arrived.
//!
//! Nothing is fetched here: rows say what to look for, `federation::fetch::thread` looks.

mod model;
pub mod store;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

pub use model::{Cause, LookUp, State, Unreached, may_look};

use super::context::Context;
use super::hydrate::StatusView;
use super::model::{NewStatus, Reader, Status, Visibility};
use super::read;
use crate::base::id::StatusId;
use crate::base::{Error, Result};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// A reply came in that answers something unknown: what stands above it is to be looked for. In the transaction of
/// the reply, so that it is not forgotten. Nothing happens for any other post.
pub async fn ask_above_in(services: &Services, tx: &mut Tx, status: &NewStatus) -> Result<()> {
    let (None, Some(uri)) = (status.parent, &status.in_reply_to_uri) else { return Ok(()) };
    if services.origin.owns(uri) || super::store::find_tombstone(tx, uri).await?.is_some() {
        return Ok(());
    }
    let token = services.random.short_id();
    store::insert_above(tx, status.id, &token, services.clock.now()).await?;
    wake_after(services, tx);
    Ok(())
}

fn wake_after(services: &Services, tx: &mut Tx) {
    let hub = services.hub.clone();
    tx.after_commit(move || hub.wake_threads());
}

/// Somebody opened the page of `at`, of which `around` is what they see. Answers how the looking for more stands;
/// begins to look if the thread reaches beyond this site and nobody looked a short while ago. Only for people of this
/// site do we ask others.
pub async fn opened(
    services: &Services,
    reader: &Reader,
    at: &Status,
    around: &Context,
) -> Result<Option<LookUp>> {
    let first = around.ancestors.first().map_or(at, |view| &view.status);
    let views = around.ancestors.iter().chain(&around.descendants);
    let missing_above = first.in_reply_to_uri.is_some();
    let remote = !at.local || missing_above || views.into_iter().any(|view| !view.status.local);
    if !remote || at.visibility == Visibility::Site {
        return Ok(None);
    }
    let known = store::find(&mut services.db.read().await?, at.conversation_id).await?;
    let now = services.clock.now();
    let viewed_at = known.as_ref().and_then(|look| look.viewed_at);
    if reader.person().is_none() || !may_look(first.created_at, viewed_at, now) {
        return Ok(known);
    }
    let mut tx = services.db.begin().await?;
    let token = services.random.short_id();
    store::upsert_view(&mut tx, at.conversation_id, &token, now).await?;
    wake_after(services, &mut tx);
    tx.commit().await?;
    store::find(&mut services.db.read().await?, at.conversation_id).await
}

/// How the looking stands that goes by this token, and which of the posts that arrived the reader may read.
///
/// # Errors
/// [`Error::NotFound`] if nothing goes by it.
pub async fn refresh(services: &Services, reader: &Reader, token: &str) -> Result<(LookUp, Vec<Status>)> {
    let mut conn = services.db.read().await?;
    let look = store::find_by_token(&mut conn, token).await?.ok_or(Error::not_found("refresh"))?;
    let arrived = arrived(services, &mut conn, reader, &look).await?;
    Ok((look, arrived))
}

/// Which of the posts that were found the reader may read.
pub async fn arrived(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    look: &LookUp,
) -> Result<Vec<Status>> {
    let found = super::store::list(conn, &look.found()).await?;
    read::retain_visible(services, conn, found, reader).await
}

/// After these orphans found their parent: they and the posts below them belong to the thread `conversation` from now
/// on, and what was kept about their own threads with them.
pub(super) async fn join_in(tx: &mut Tx, orphans: &[StatusId], conversation: StatusId) -> Result<()> {
    if orphans.is_empty() {
        return Ok(());
    }
    let mut before = store::list_conversations_below(tx, orphans).await?;
    before.retain(|old| *old != conversation);
    if before.is_empty() {
        return Ok(());
    }
    store::update_conversation_below(tx, orphans, conversation).await?;
    super::store::carry_muted_conversations(tx, &before, conversation).await?;
    store::move_context(tx, &before, conversation).await?;
    store::delete_contexts(tx, &before).await?;
    store::move_look_up(tx, &before, conversation).await?;
    store::delete(tx, &before).await
}

/// How long it is remembered what came of looking for the rest of a thread.
const REMEMBERED: Duration = Duration::from_hours(24);

/// Forgets what was looked for a day ago.
pub async fn sweep(services: &Services) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::delete_done(&mut tx, services.clock.now() - REMEMBERED).await?;
    tx.commit().await
}

/// What a thread is called, as the first post of it that came here says.
pub fn note_context_in(tx: &mut Tx, status: &NewStatus, uri: &str) {
    if status.parent.is_none() {
        store::put_context(tx, status.id, uri);
    }
}

/// Fills in what the threads are called that posts of this site belong to, for the wire. Asks nothing where no post
/// is a reply.
pub async fn name_contexts(services: &Services, conn: &mut Conn, views: &mut [StatusView]) -> Result<()> {
    let is_reply = |view: &StatusView| view.status.local && view.status.in_reply_to_uri.is_some();
    let ids: HashSet<StatusId> =
        views.iter().filter(|view| is_reply(view)).map(|view| view.status.conversation_id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let ids: Vec<StatusId> = ids.into_iter().collect();
    let mut names: HashMap<StatusId, String> = store::list_contexts(conn, &ids).await?.into_iter().collect();
    for root in super::store::list(conn, &ids).await? {
        if is_ours(&root) {
            names.insert(root.id, services.origin.thread(root.id));
        }
    }
    for view in views.iter_mut().filter(|view| is_reply(view)) {
        view.context = names.get(&view.status.conversation_id).cloned();
    }
    Ok(())
}

/// Whether the post begins a thread that this site keeps the collection of.
pub fn is_ours(root: &Status) -> bool {
    root.local
        && root.in_reply_to_uri.is_none()
        && root.reblog_of_id.is_none()
        && root.visibility != Visibility::Site
}

/// Posts of a collection that are looked at for one page of it.
const LOOKED_AT: i64 = 400;

/// A page of the answers to `id` that the reader may read, by id, from after `after`; and whether there are more.
pub async fn replies(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    id: StatusId,
    page: (StatusId, usize),
) -> Result<(Vec<Status>, bool)> {
    let ids = store::list_replies(conn, id, page.0, LOOKED_AT).await?;
    cut(services, conn, reader, ids, page.1).await
}

/// A page of the thread below and with `root`, oldest first, as [`replies`].
pub async fn posts(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    root: StatusId,
    page: (StatusId, usize),
) -> Result<(Vec<Status>, bool)> {
    let ids = store::list_thread(conn, root, page.0, LOOKED_AT).await?;
    cut(services, conn, reader, ids, page.1).await
}

async fn cut(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    ids: Vec<StatusId>,
    most: usize,
) -> Result<(Vec<Status>, bool)> {
    let statuses = super::store::list(conn, &ids).await?;
    let visible = read::retain_visible(services, conn, statuses, reader).await?;
    let mut visible = read::in_order(visible, &ids);
    let more = visible.len() > most;
    visible.truncate(most);
    Ok((visible, more))
}
