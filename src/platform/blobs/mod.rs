//! Pictures and files, by key, in a folder or a bucket.
//!
//! A key is made once and never used again, so what it names never changes; readers may keep it for ever.
//! Whether somebody may read it is not asked here.

mod bucket;
mod disk;
mod key;
mod transfer;
mod wanted;

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures::TryStreamExt;
use futures::stream::BoxStream;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use tokio::io::AsyncWriteExt;

use bucket::Bucket;
use disk::Disk;
pub use key::{BlobKey, Folder};
pub use transfer::{Step, transfer};
pub use wanted::Wanted;

use crate::base::config::MediaS3;
use crate::base::{Error, Result};

/// The store of one site. Clones share it.
#[derive(Clone, Debug)]
pub enum Blobs {
    /// A folder of this machine.
    Disk(Disk),
    /// A bucket.
    Bucket(Bucket),
}

/// A blob that is being read.
pub struct Reading {
    /// Bytes of the whole.
    pub length: u64,
    /// Which of them come.
    pub range: Range<u64>,
    body: BoxStream<'static, io::Result<Bytes>>,
}

impl Reading {
    /// Status and headers of an answer that holds it, as a part if one was asked for.
    ///
    /// Spec: <https://www.rfc-editor.org/rfc/rfc9110#name-206-partial-content>
    pub fn head(&self, is_part: bool) -> (StatusCode, HeaderMap) {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(self.range.end - self.range.start));
        if !is_part {
            return (StatusCode::OK, headers);
        }
        let range =
            format!("bytes {}-{}/{}", self.range.start, self.range.end.saturating_sub(1), self.length);
        if let Ok(range) = HeaderValue::try_from(range) {
            headers.insert(header::CONTENT_RANGE, range);
        }
        (StatusCode::PARTIAL_CONTENT, headers)
    }

    /// The bytes, a piece at a time.
    pub fn into_stream(self) -> BoxStream<'static, io::Result<Bytes>> {
        self.body
    }
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading")
            .field("length", &self.length)
            .field("range", &self.range)
            .finish_non_exhaustive()
    }
}

/// A blob that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub key: BlobKey,
    /// Bytes.
    pub size: u64,
}

impl Blobs {
    /// The store in the folder `root`, which is made if it is missing.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self> {
        Disk::open(root.into()).map(Self::Disk)
    }

    /// The store in a bucket.
    ///
    /// # Errors
    /// [`Error::Internal`] if the settings make no sense; whether the bucket answers is not asked.
    pub fn in_bucket(settings: &MediaS3) -> Result<Self> {
        Bucket::open(settings).map(Self::Bucket)
    }

    /// Writes a blob: afterwards it is there as a whole, also if the machine stops, or not at all.
    pub async fn put(&self, key: &BlobKey, bytes: impl Into<Bytes>) -> Result<()> {
        match self {
            Self::Disk(disk) => disk.put(key, bytes.into()).await,
            Self::Bucket(bucket) => bucket.put(key, bytes.into()).await,
        }
    }

    /// The same from a file of this machine, which is never whole in memory.
    pub async fn put_file(&self, key: &BlobKey, from: &Path) -> Result<()> {
        match self {
            Self::Disk(disk) => disk.put_file(key, from).await,
            Self::Bucket(bucket) => bucket.put_file(key, from).await,
        }
    }

    /// All bytes of a blob, or [`Error::NotFound`].
    pub async fn read(&self, key: &BlobKey) -> Result<Bytes> {
        match self {
            Self::Disk(disk) => disk.read(key).await,
            Self::Bucket(bucket) => bucket.read(key).await,
        }
    }

    /// A blob as a file of this machine, or [`Error::NotFound`].
    pub async fn read_to(&self, key: &BlobKey, path: &Path) -> Result<()> {
        let mut file = tokio::fs::File::create(path).await.map_err(Error::internal)?;
        let mut body = self.stream(key).await?.into_stream();
        while let Some(piece) = body.try_next().await.map_err(Error::internal)? {
            file.write_all(&piece).await.map_err(Error::internal)?;
        }
        file.flush().await.map_err(Error::internal)
    }

    /// Bytes of a blob, or [`Error::NotFound`].
    pub async fn size(&self, key: &BlobKey) -> Result<u64> {
        match self {
            Self::Disk(disk) => disk.size(key).await,
            Self::Bucket(bucket) => bucket.size(key).await,
        }
    }

    /// A blob to be read a piece at a time, or [`Error::NotFound`].
    pub async fn stream(&self, key: &BlobKey) -> Result<Reading> {
        self.part(key, None).await
    }

    /// A part of a blob; the whole if none is named.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] with the field `range` if that part is not there.
    pub async fn part(&self, key: &BlobKey, wanted: Option<Wanted>) -> Result<Reading> {
        match self {
            Self::Disk(disk) => disk.stream(key, wanted).await,
            Self::Bucket(bucket) => bucket.stream(key, wanted).await,
        }
    }

    /// Removes a blob. One that is gone already is no error.
    pub async fn delete(&self, key: &BlobKey) -> Result<()> {
        let removed = match self {
            Self::Disk(disk) => disk.delete(key).await,
            Self::Bucket(bucket) => bucket.delete(key).await,
        };
        match removed {
            Err(Error::NotFound { .. }) => Ok(()),
            other => other,
        }
    }

    /// All blobs, in no order.
    pub async fn list(&self) -> Result<Vec<Kept>> {
        match self {
            Self::Disk(disk) => disk.list().await,
            Self::Bucket(bucket) => bucket.list().await,
        }
    }
}

fn range_of(wanted: Option<Wanted>, length: u64) -> Result<Range<u64>> {
    match wanted {
        None => Ok(0..length),
        Some(wanted) => wanted.within(length).ok_or(Error::invalid("range", "is beyond the end")),
    }
}

#[cfg(test)]
#[path = "blobs_tests.rs"]
mod tests;
