//! Packs files into one, on a thread of its own: pieces come through a short channel, so that nothing is ever whole in
//! memory.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::base::{Error, Result};

/// Pieces on their way.
const WAITING: usize = 8;

enum Piece {
    Name { name: String, squeeze: bool },
    Bytes(Bytes),
}

/// A package that is being made.
#[derive(Debug)]
pub struct Packer {
    pieces: mpsc::Sender<Piece>,
    thread: JoinHandle<zip::result::ZipResult<u64>>,
}

impl Packer {
    /// Begins the file at `path`.
    pub fn begin(path: PathBuf) -> Self {
        let (pieces, waiting) = mpsc::channel(WAITING);
        Self { pieces, thread: spawn_blocking(move || write(&path, waiting)) }
    }

    /// What comes next belongs to this file. Pictures and films are small enough as they are.
    ///
    /// # Errors
    /// [`Error::Internal`] if the disk is full.
    pub async fn file(&mut self, name: &str, squeeze: bool) -> Result<()> {
        self.send(Piece::Name { name: name.to_owned(), squeeze }).await
    }

    /// The next piece of the file.
    ///
    /// # Errors
    /// As [`Self::file`].
    pub async fn write(&mut self, bytes: impl Into<Bytes>) -> Result<()> {
        self.send(Piece::Bytes(bytes.into())).await
    }

    async fn send(&mut self, piece: Piece) -> Result<()> {
        self.pieces.send(piece).await.map_err(|_| Error::internal("the package cannot be written"))
    }

    /// Closes the package; its size in bytes.
    ///
    /// # Errors
    /// As [`Self::file`].
    pub async fn finish(self) -> Result<u64> {
        drop(self.pieces);
        self.thread.await.map_err(Error::internal)?.map_err(Error::internal)
    }
}

fn write(path: &PathBuf, mut pieces: mpsc::Receiver<Piece>) -> zip::result::ZipResult<u64> {
    let mut zip = ZipWriter::new(File::create(path)?);
    while let Some(piece) = pieces.blocking_recv() {
        match piece {
            Piece::Name { name, squeeze } => {
                let method = if squeeze { CompressionMethod::Deflated } else { CompressionMethod::Stored };
                let options = SimpleFileOptions::default().compression_method(method).large_file(!squeeze);
                zip.start_file(name, options)?;
            }
            Piece::Bytes(bytes) => zip.write_all(&bytes)?,
        }
    }
    let file = zip.finish()?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}
