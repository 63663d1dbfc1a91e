//! Somebody takes everything along that is theirs, as one file: wished for, made beside the requests, fetched, thrown
//! away after a week.
//!
//! What is in it is not decided here; see `collect`.

use std::time::Duration;

use super::collect::collect;
use super::model::Export;
use super::pack::Packer;
use super::store::exports as store;
use crate::base::id::{AccountId, ExportId};
use crate::base::{Error, Result};
use crate::domain::auth;
use crate::platform::blobs::{BlobKey, Folder, Reading};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// How long a file can be fetched.
pub const KEPT: Duration = Duration::from_hours(7 * 24);

/// How long before another file can be wished for.
pub const PAUSE: Duration = Duration::from_hours(1);

/// After this, somebody else may make it: whoever was at it is gone.
const LEASE: Duration = Duration::from_hours(1);

/// How long to wait after a failure.
const RETRY: Duration = Duration::from_mins(5);

/// How often it is tried.
const MOST_ATTEMPTS: i64 = 4;

/// Somebody wants everything. An older file is thrown away when the new one is there.
///
/// # Errors
/// [`Error::Conflict`] while one is being made; [`Error::RateLimited`] shortly after one; [`Error::NotFound`] if nobody
/// signs in with this account.
pub async fn request(services: &Services, account: AccountId) -> Result<ExportId> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    auth::store::get(&mut tx, account).await?;
    let before = store::list(&mut tx, account).await?;
    if before.iter().any(|export| export.finished_at.is_none()) {
        return Err(Error::conflict("a file is being made already"));
    }
    if let Some(last) = before.iter().filter(|export| export.is_ready()).map(|export| export.created_at).max()
        && now < last + PAUSE
    {
        return Err(Error::RateLimited { until: last + PAUSE });
    }
    let export = Export {
        id: services.ids.next(),
        account_id: account,
        blob_key: None,
        size: 0,
        attempts: 0,
        created_at: now,
        finished_at: None,
        expires_at: now + KEPT,
    };
    store::insert(&mut tx, &export).await?;
    tx.commit().await?;
    Ok(export.id)
}

/// The files of somebody, the newest first.
///
/// # Errors
/// As the database.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<Export>> {
    store::list(conn, account).await
}

/// The file, for its owner alone.
///
/// # Errors
/// [`Error::NotFound`] if it is not there, or not any more, or is somebody else's.
pub async fn fetch(services: &Services, account: AccountId, id: ExportId) -> Result<(Export, Reading)> {
    let mut conn = services.db.read().await?;
    let export = store::find(&mut conn, account, id).await?.ok_or(Error::not_found("file"))?;
    drop(conn);
    let key = export.blob_key.as_deref().filter(|_| export.expires_at > services.clock.now());
    let key: BlobKey = key.ok_or(Error::not_found("file"))?.parse()?;
    let reading = services.blobs.stream(&key).await?;
    Ok((export, reading))
}

/// Its owner throws the file away, also while it is being made.
///
/// # Errors
/// [`Error::NotFound`] if there is none such.
pub async fn discard(services: &Services, account: AccountId, id: ExportId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let export = store::find(&mut tx, account, id).await?.ok_or(Error::not_found("file"))?;
    store::delete(&mut tx, account, id).await?;
    tx.commit().await?;
    throw_away(services, export.blob_key.into_iter().collect()).await;
    Ok(())
}

/// Makes the file that waits longest. `false` if none waits.
///
/// # Errors
/// As the database. What goes wrong with the file itself is logged, and tried again some times.
pub async fn make_next(services: &Services) -> Result<bool> {
    let now = services.clock.now();
    let Some(export) = store::find_due(&mut services.db.read().await?, now).await? else { return Ok(false) };
    let mut tx = services.db.begin().await?;
    let taken = store::update_taken(&mut tx, &export, now + LEASE).await?;
    tx.commit().await?;
    if !taken {
        return Ok(true);
    }
    if let Err(error) = make(services, &export).await {
        let id = export.id;
        tracing::warn!(%id, "The export {id} could not be made: {}", error.chain());
        let now = services.clock.now();
        let mut tx = services.db.begin().await?;
        if export.attempts + 1 >= MOST_ATTEMPTS {
            store::update_finished(&mut tx, id, None, 0, now).await?;
        } else {
            store::update_due(&mut tx, id, now + RETRY).await?;
        }
        tx.commit().await?;
    }
    Ok(true)
}

async fn make(services: &Services, export: &Export) -> Result<()> {
    let folder = services.config.server.data_dir.join("exports");
    tokio::fs::create_dir_all(&folder).await.map_err(Error::internal)?;
    let path = folder.join(format!("{}-{}.zip", export.id, export.attempts));
    let made = keep(services, export, &path).await;
    if let Err(error) = tokio::fs::remove_file(&path).await
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!("The file {} could not be removed: {error}", path.display());
    }
    made
}

async fn keep(services: &Services, export: &Export, path: &std::path::Path) -> Result<()> {
    let mut packer = Packer::begin(path.to_owned());
    let collected = collect(services, export.account_id, &mut packer).await;
    // Also after a failure: the thread ends before its file is removed.
    let size = packer.finish().await;
    collected?;
    let size = size?;
    let key = BlobKey::make(&services.random, Folder::Exports, "zip");
    services.blobs.put_file(&key, path).await?;
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let wanted = store::update_finished(&mut tx, export.id, Some(key.as_str()), size as i64, now).await?;
    let mut old = Vec::new();
    if wanted {
        old = store::list(&mut tx, export.account_id).await?;
        old.retain(|other| other.id != export.id && other.finished_at.is_some());
        for other in &old {
            store::delete(&mut tx, export.account_id, other.id).await?;
        }
    }
    tx.commit().await?;
    throw_away(services, old.into_iter().filter_map(|old| old.blob_key).collect()).await;
    if !wanted {
        throw_away(services, vec![key.to_string()]).await;
    }
    Ok(())
}

/// Removes files that no row names any more. What cannot be removed stays and is logged.
pub(super) async fn throw_away(services: &Services, keys: Vec<String>) {
    for key in &keys {
        let Ok(blob) = key.parse::<BlobKey>() else { continue };
        if let Err(error) = services.blobs.delete(&blob).await {
            tracing::warn!(key, error = %error.chain(), "The export {key} could not be removed");
        }
    }
}

/// Whoever left fetches nothing any more; see `sweep`.
///
/// # Errors
/// As the database.
pub async fn forget_in(services: &Services, conn: &mut Conn, account: AccountId) -> Result<()> {
    store::update_expired_of(conn, account, services.clock.now()).await
}
