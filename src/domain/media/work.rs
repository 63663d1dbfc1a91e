//! Videos and sound are written anew, one at a time, beside the requests. What was begun when the site stopped is begun
//! again when it is back.

use std::time::Duration;

use super::store::jobs::{self, Job};
use super::{Media, face, model, store};
use crate::base::{Error, Result};
use crate::platform::blobs::{BlobKey, Folder};
use crate::platform::ffmpeg::Container;
use crate::platform::services::Services;

/// How often something that is not the fault of the file is tried.
const ATTEMPTS: i64 = 3;
/// Between two attempts.
const PAUSE: Duration = Duration::from_mins(1);
/// What reading and writing around the work may take.
const MARGIN: Duration = Duration::from_mins(1);

/// Takes the next file that waits. Nobody else does for as long as working on it may take.
///
/// # Errors
/// As the database.
pub async fn claim(services: &Services) -> Result<Option<Job>> {
    let now = services.clock.now();
    let mut conn = services.db.read().await?;
    let Some(mut job) = jobs::find_due(&mut conn, now).await? else { return Ok(None) };
    drop(conn);
    let until = now + services.config.media.video_time + MARGIN;
    let mut tx = services.db.begin().await?;
    let ours = jobs::update_claimed(&mut tx, &job, until).await?;
    tx.commit().await?;
    job.attempts += 1;
    Ok(ours.then_some(job))
}

/// Gives back what was begun and will not be ended: the site stops.
///
/// # Errors
/// As the database.
pub async fn give_back(services: &Services, job: &Job) -> Result<()> {
    let job = Job { attempts: job.attempts - 1, ..job.clone() };
    again(services, &job, Duration::ZERO).await
}

/// Writes a file anew, or notes for its owner why that cannot be.
///
/// # Errors
/// As the database.
pub async fn run(services: &Services, job: &Job) -> Result<()> {
    let found = store::list(&mut services.db.read().await?, &[job.media_id]).await?;
    // It was thrown away, and the job with it.
    let Some(media) = found.into_iter().next() else { return Ok(()) };
    match convert(services, &media).await {
        Ok(made) => finish(services, &media, made).await,
        Err(Error::Invalid { problem, .. }) => fail(services, media, problem).await,
        Err(error) => {
            tracing::warn!(media = %media.id, error = %error.chain(), "A video could not be written anew");
            if job.attempts < ATTEMPTS {
                return again(services, job, PAUSE).await;
            }
            fail(services, media, "could not be prepared here. Try again later".to_owned()).await
        }
    }
}

async fn again(services: &Services, job: &Job, after: Duration) -> Result<()> {
    let mut tx = services.db.begin().await?;
    jobs::update_again(&mut tx, job, services.clock.now() + after).await?;
    tx.commit().await
}

/// The row as it is when all goes well. Its files are written.
async fn convert(services: &Services, media: &Media) -> Result<Media> {
    let source: BlobKey = media.source_key.as_deref().ok_or(Error::not_found("file"))?.parse()?;
    let bench = services.ffmpeg.bench(&services.random).await?;
    services.blobs.read_to(&source, &bench.input()).await?;
    let container = beginning(&bench.input()).await?;
    let made = bench.convert(container).await?;
    let is_video = made.pixels.is_some();
    let (width, height) = made.pixels.unwrap_or_default();
    let mut after = Media {
        kind: if is_video { "video" } else { "audio" }.to_owned(),
        mime: if is_video { "video/mp4" } else { "audio/mp4" }.to_owned(),
        width: width.into(),
        height: height.into(),
        duration_ms: made.duration_ms,
        source_key: None,
        state: model::READY.to_owned(),
        ..media.clone()
    };
    if let Some(poster) = &made.poster {
        let bytes = tokio::fs::read(poster).await.map_err(Error::internal)?;
        let done = services.images.process(bytes.into()).await?;
        let key = BlobKey::make(&services.random, Folder::Posts, done.full.kind.extension());
        (after.preview_width, after.preview_height) = (done.full.width.into(), done.full.height.into());
        services.blobs.put(&key, done.full.bytes).await?;
        after.preview_key = Some(key.to_string());
        after.blurhash = Some(done.blurhash);
    }
    let key = BlobKey::make(&services.random, Folder::Posts, if is_video { "mp4" } else { "m4a" });
    services.blobs.put_file(&key, &made.file).await?;
    after.size = services.blobs.size(&key).await? as i64;
    after.blob_key = Some(key.to_string());
    Ok(after)
}

async fn beginning(path: &std::path::Path) -> Result<Container> {
    use tokio::io::AsyncReadExt as _;

    let mut file = tokio::fs::File::open(path).await.map_err(Error::internal)?;
    let mut head = [0; 16];
    let count = file.read(&mut head).await.map_err(Error::internal)?;
    Container::sniff(&head[..count]).ok_or(Error::invalid("file", "is broken"))
}

async fn finish(services: &Services, before: &Media, made: Media) -> Result<()> {
    let mut tx = services.db.begin().await?;
    jobs::delete(&mut tx, made.id).await?;
    if !store::update_file(&mut tx, &made, model::WAITING).await? {
        // Thrown away meanwhile, or made by somebody else.
        face::forget(services, made.keys()).await;
        return tx.commit().await;
    }
    tx.commit().await?;
    face::forget(services, before.source_key.clone()).await;
    Ok(())
}

async fn fail(services: &Services, media: Media, problem: String) -> Result<()> {
    let source = media.source_key.clone();
    let failed = Media { state: model::FAILED.to_owned(), problem: Some(problem), source_key: None, ..media };
    let mut tx = services.db.begin().await?;
    jobs::delete(&mut tx, failed.id).await?;
    let ours = store::update_file(&mut tx, &failed, model::WAITING).await?;
    tx.commit().await?;
    face::forget(services, source.filter(|_| ours)).await;
    Ok(())
}
