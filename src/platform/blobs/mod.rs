//! Pictures and files, by key, in a folder.
//!
//! A key is made once and never used again, so what it names never changes; readers may keep it for ever.
//! Whether somebody may read it is not asked here.

mod key;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::task::spawn_blocking;
use tokio_util::io::ReaderStream;

pub use key::{BlobKey, Folder};

use crate::base::{Error, Result};

/// The store of one site. Clones share it.
#[derive(Clone, Debug)]
pub struct Blobs {
    root: PathBuf,
}

/// A blob that is being read.
#[derive(Debug)]
pub struct Reading {
    /// Bytes in all.
    pub length: u64,
    file: tokio::fs::File,
}

impl Reading {
    /// The bytes, a piece at a time.
    pub fn into_stream(self) -> ReaderStream<tokio::fs::File> {
        ReaderStream::with_capacity(self.file, 64 * 1024)
    }
}

impl Blobs {
    /// The store in the folder `root`, which is made if it is missing.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self> {
        let root = root.into();
        std::fs::create_dir_all(root.join("unfinished")).map_err(Error::internal)?;
        Ok(Self { root })
    }

    /// Writes a blob: afterwards it is there as a whole, also if the machine stops, or not at all.
    pub async fn put(&self, key: &BlobKey, bytes: impl Into<Bytes>) -> Result<()> {
        let bytes = bytes.into();
        let path = self.path(key);
        let unfinished = self.root.join("unfinished").join(key.name());
        blocking(move || write_whole(&path, &unfinished, &bytes)).await
    }

    /// The same from a file of this machine, which is never whole in memory.
    pub async fn put_file(&self, key: &BlobKey, from: &Path) -> Result<()> {
        let (path, from) = (self.path(key), from.to_owned());
        let unfinished = self.root.join("unfinished").join(key.name());
        blocking(move || {
            let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
            std::fs::create_dir_all(folder)?;
            std::fs::copy(&from, &unfinished)?;
            std::fs::File::open(&unfinished)?.sync_all()?;
            std::fs::rename(unfinished, &path)?;
            std::fs::File::open(folder)?.sync_all()
        })
        .await
    }

    /// All bytes of a blob, or [`Error::NotFound`].
    pub async fn read(&self, key: &BlobKey) -> Result<Bytes> {
        let path = self.path(key);
        blocking(move || std::fs::read(path)).await.map(Bytes::from)
    }

    /// A blob to be read a piece at a time, or [`Error::NotFound`].
    pub async fn stream(&self, key: &BlobKey) -> Result<Reading> {
        let path = self.path(key);
        let (file, length) = blocking(move || {
            let file = std::fs::File::open(path)?;
            let length = file.metadata()?.len();
            Ok((file, length))
        })
        .await?;
        Ok(Reading { length, file: tokio::fs::File::from_std(file) })
    }

    /// Removes a blob. One that is gone already is no error.
    pub async fn delete(&self, key: &BlobKey) -> Result<()> {
        let path = self.path(key);
        let removed = blocking(move || std::fs::remove_file(path)).await;
        match removed {
            Err(Error::NotFound { .. }) => Ok(()),
            other => other,
        }
    }

    fn path(&self, key: &BlobKey) -> PathBuf {
        self.root.join(key.path())
    }
}

fn write_whole(path: &Path, unfinished: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    std::fs::create_dir_all(folder)?;
    let mut file = std::fs::File::create(unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(unfinished, path)?;
    // The name is safe only when its folder is.
    std::fs::File::open(folder)?.sync_all()
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    let done = spawn_blocking(work).await.map_err(Error::internal)?;
    done.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::not_found("file"),
        _ => Error::internal(error),
    })
}

#[cfg(test)]
mod tests {
    use futures::TryStreamExt;

    use super::*;
    use crate::platform::crypto::Random;

    fn store() -> (tempfile::TempDir, Blobs, BlobKey) {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path().join("media")).unwrap();
        let key = BlobKey::make(&Random::seeded(7), Folder::Posts, "png");
        (folder, blobs, key)
    }

    #[tokio::test]
    async fn what_was_put_is_read_and_deleted() {
        let (_folder, blobs, key) = store();

        blobs.put(&key, "hello").await.unwrap();

        assert_eq!(blobs.read(&key).await.unwrap(), "hello");
        let reading = blobs.stream(&key).await.unwrap();
        assert_eq!(reading.length, 5);
        let pieces: Vec<Bytes> = reading.into_stream().try_collect().await.unwrap();
        assert_eq!(pieces.concat(), b"hello");
        blobs.delete(&key).await.unwrap();
        blobs.delete(&key).await.unwrap();
        assert!(matches!(blobs.read(&key).await, Err(Error::NotFound { .. })));
    }

    #[tokio::test]
    async fn nothing_unfinished_is_left() {
        let (folder, blobs, key) = store();

        blobs.put(&key, vec![0; 100_000]).await.unwrap();

        assert_eq!(std::fs::read_dir(folder.path().join("media/unfinished")).unwrap().count(), 0);
    }
}
