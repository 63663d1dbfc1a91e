//! A person uploads a picture, a video, a sound or a file, to hang it on a post later.

use bytes::Bytes;

use super::describe::Details;
use super::model::{self, Media};
use super::sniff::{Sort, sniff};
use super::store;
use crate::base::config::ByteSize;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::platform::blobs::{BlobKey, Folder};
use crate::platform::ffmpeg::{Container, MISSING};
use crate::platform::images::{Picture, Processed};
use crate::platform::limiter::Purpose;
use crate::platform::services::Services;

/// What somebody sent.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The file.
    pub bytes: Bytes,
    /// What the sender calls it; may be anything.
    pub name: String,
}

impl From<Bytes> for Sent {
    fn from(bytes: Bytes) -> Self {
        Self { bytes, name: String::new() }
    }
}

/// Takes a file in. Pictures are written anew at once, videos and sound soon afterwards (see [`super::work`]), without
/// anything but what is to be seen and heard; files are kept as they are. Until it hangs on a post, only `account` can
/// see it; after a day without one it is thrown away.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong with the file or the details; [`Error::RateLimited`] after too many.
///
/// Source: <https://docs.joinmastodon.org/methods/media/#v2>
pub async fn upload(
    services: &Services,
    account: AccountId,
    sent: impl Into<Sent>,
    details: impl Into<Details>,
) -> Result<Media> {
    let sent = sent.into();
    let details = details.into().checked(services)?;
    services.limiter.check(Purpose::Media, &account.to_string())?;
    let mut media = blank(services, account, details);
    match sniff(&sent.bytes, &sent.name)? {
        Sort::Picture => {
            let done = services.images.process(sent.bytes).await?;
            let made = keep_all(services, &done).await?;
            take_over(&mut media, &done, made);
        }
        Sort::Playable(container) => take_playable(services, &mut media, sent.bytes, container).await?,
        Sort::File { mime, name } => {
            check_size(&sent.bytes, services.config.media.max_file_size)?;
            let key = BlobKey::make(&services.random, Folder::Posts, "bin");
            "file".clone_into(&mut media.kind);
            mime.clone_into(&mut media.mime);
            media.name = name;
            media.size = sent.bytes.len() as i64;
            services.blobs.put(&key, sent.bytes).await?;
            media.blob_key = Some(key.to_string());
        }
    }
    let mut tx = services.db.begin().await?;
    store::insert(&mut tx, &media).await?;
    if !media.is_ready() {
        store::jobs::insert(&mut tx, media.id, media.created_at).await?;
        let bell = services.ffmpeg.bell.clone();
        tx.after_commit(move || bell.notify_one());
    }
    tx.commit().await?;
    Ok(media)
}

/// Kept as it came, for the time until it is written anew. Nobody is shown that.
async fn take_playable(
    services: &Services,
    media: &mut Media,
    bytes: Bytes,
    container: Container,
) -> Result<()> {
    if !services.ffmpeg.is_there() {
        return Err(Error::invalid("file", MISSING));
    }
    check_size(&bytes, services.config.media.max_video_size)?;
    let sound = matches!(container, Container::Mp3 | Container::Aac | Container::Wav | Container::Flac);
    let key = BlobKey::make(&services.random, Folder::Posts, "raw");
    if sound { "audio" } else { "video" }.clone_into(&mut media.kind);
    if sound { "audio/mp4" } else { "video/mp4" }.clone_into(&mut media.mime);
    media.size = bytes.len() as i64;
    model::WAITING.clone_into(&mut media.state);
    services.blobs.put(&key, bytes).await?;
    media.source_key = Some(key.to_string());
    Ok(())
}

fn check_size(bytes: &Bytes, most: ByteSize) -> Result<()> {
    if bytes.len() as u64 > most.bytes() {
        return Err(Error::invalid("file", format!("is larger than {most}")));
    }
    Ok(())
}

fn blank(services: &Services, account: AccountId, details: Details) -> Media {
    let focus = details.focus.unwrap_or_default();
    Media {
        id: services.ids.next(),
        account_id: account,
        status_id: None,
        position: 0,
        kind: String::new(),
        mime: String::new(),
        blob_key: None,
        preview_key: None,
        remote_url: None,
        description: details.description.unwrap_or_default(),
        width: 0,
        height: 0,
        preview_width: 0,
        preview_height: 0,
        focus_x: focus.0,
        focus_y: focus.1,
        blurhash: None,
        size: 0,
        created_at: services.clock.now(),
        state: model::READY.to_owned(),
        problem: None,
        name: String::new(),
        duration_ms: 0,
        large_key: None,
        source_key: None,
        remote_preview_url: None,
    }
}

/// The names of the files of a picture.
pub(super) struct Keys {
    original: BlobKey,
    preview: BlobKey,
    large: Option<BlobKey>,
}

/// Keeps a picture in all its sizes.
pub(super) async fn keep_all(services: &Services, done: &Processed) -> Result<Keys> {
    let original = keep(services, &done.full).await?;
    let preview = keep(services, &done.preview).await?;
    let large = match &done.large {
        Some(large) => Some(keep(services, large).await?),
        None => None,
    };
    Ok(Keys { original, preview, large })
}

async fn keep(services: &Services, picture: &Picture) -> Result<BlobKey> {
    let key = BlobKey::make(&services.random, Folder::Posts, picture.kind.extension());
    services.blobs.put(&key, picture.bytes.clone()).await?;
    Ok(key)
}

/// Writes into the row what was kept.
pub(super) fn take_over(media: &mut Media, done: &Processed, keys: Keys) {
    "image".clone_into(&mut media.kind);
    done.full.kind.mime().clone_into(&mut media.mime);
    media.blob_key = Some(keys.original.to_string());
    media.preview_key = Some(keys.preview.to_string());
    media.large_key = keys.large.map(|key| key.to_string());
    media.width = done.full.width.into();
    media.height = done.full.height.into();
    media.preview_width = done.preview.width.into();
    media.preview_height = done.preview.height.into();
    media.blurhash = Some(done.blurhash.clone());
    media.size = done.full.bytes.len() as i64;
}
