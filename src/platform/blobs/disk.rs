//! Blobs in a folder of this machine.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures::StreamExt;
use tokio::io::AsyncReadExt;
use tokio::task::spawn_blocking;
use tokio_util::io::ReaderStream;

use super::{BlobKey, Folder, Kept, Reading, Wanted, range_of};
use crate::base::{Error, Result};

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// A folder.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The folder `root`, which is made if it is missing.
    pub(super) fn open(root: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(root.join("unfinished")).map_err(Error::internal)?;
        Ok(Self { root })
    }

    pub(super) async fn put(&self, key: &BlobKey, bytes: Bytes) -> Result<()> {
        self.write(key, move |file| file.write_all(&bytes)).await
    }

    pub(super) async fn put_file(&self, key: &BlobKey, from: &Path) -> Result<()> {
        let from = from.to_owned();
        self.write(key, move |file| io::copy(&mut std::fs::File::open(from)?, file).map(drop)).await
    }

    async fn write(
        &self,
        key: &BlobKey,
        fill: impl FnOnce(&mut std::fs::File) -> io::Result<()> + Send + 'static,
    ) -> Result<()> {
        let path = self.path(key);
        let unfinished = self.root.join("unfinished").join(key.name());
        blocking(move || write_whole(&path, &unfinished, fill)).await
    }

    pub(super) async fn read(&self, key: &BlobKey) -> Result<Bytes> {
        let path = self.path(key);
        blocking(move || std::fs::read(path)).await.map(Bytes::from)
    }

    pub(super) async fn size(&self, key: &BlobKey) -> Result<u64> {
        let path = self.path(key);
        blocking(move || Ok(std::fs::metadata(path)?.len())).await
    }

    pub(super) async fn stream(&self, key: &BlobKey, wanted: Option<Wanted>) -> Result<Reading> {
        let path = self.path(key);
        let (mut file, length) = blocking(move || {
            let file = std::fs::File::open(path)?;
            let length = file.metadata()?.len();
            Ok((file, length))
        })
        .await?;
        let range = range_of(wanted, length)?;
        if range.start > 0 {
            file.seek(SeekFrom::Start(range.start)).map_err(Error::internal)?;
        }
        let part = tokio::fs::File::from_std(file).take(range.end - range.start);
        let body = ReaderStream::with_capacity(part, PIECE).boxed();
        Ok(Reading { length, range, body })
    }

    pub(super) async fn delete(&self, key: &BlobKey) -> Result<()> {
        let path = self.path(key);
        blocking(move || std::fs::remove_file(path)).await
    }

    /// All blobs. Names that are none of ours are passed over.
    pub(super) async fn list(&self) -> Result<Vec<Kept>> {
        let root = self.root.clone();
        blocking(move || {
            let mut found = Vec::new();
            for folder in Folder::ALL {
                list_below(&root, folder.name(), 2, &mut found)?;
            }
            Ok(found)
        })
        .await
    }

    fn path(&self, key: &BlobKey) -> PathBuf {
        self.root.join(key.path())
    }
}

fn list_below(root: &Path, below: &str, levels: usize, found: &mut Vec<Kept>) -> io::Result<()> {
    let entries = match std::fs::read_dir(root.join(below)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    for entry in entries {
        let entry = entry?;
        let Some(name) = entry.file_name().to_str().map(|name| format!("{below}/{name}")) else { continue };
        if levels > 1 && entry.file_type()?.is_dir() {
            list_below(root, &name, levels - 1, found)?;
        } else if let Ok(key) = name.parse::<BlobKey>() {
            found.push(Kept { key, size: entry.metadata()?.len() });
        }
    }
    Ok(())
}

fn write_whole(
    path: &Path,
    unfinished: &Path,
    fill: impl FnOnce(&mut std::fs::File) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    std::fs::create_dir_all(folder)?;
    let mut file = std::fs::File::create(unfinished)?;
    fill(&mut file)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(unfinished, path)?;
    // The name is safe only when its folder is.
    std::fs::File::open(folder)?.sync_all()
}

/// Reads a file a piece at a time, so that a large one is never whole in memory.
pub(super) fn pieces(mut file: std::fs::File, size: usize) -> impl Iterator<Item = io::Result<Bytes>> {
    std::iter::from_fn(move || {
        let mut piece = Vec::with_capacity(size);
        match (&mut file).take(size as u64).read_to_end(&mut piece) {
            Ok(0) => None,
            Ok(_) => Some(Ok(piece.into())),
            Err(error) => Some(Err(error)),
        }
    })
}

pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T> {
    let done = spawn_blocking(work).await.map_err(Error::internal)?;
    done.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::not_found("file"),
        _ => Error::internal(error),
    })
}
