//! Where pictures are worked on: beside the requests, and few at a time, since each may take much memory.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::{Bounds, Monogram, Part, Picture, Processed, Worked, cropped, part, process};
use crate::base::Error;
use crate::base::config::Media;

/// How many pictures are worked on at the same time.
const AT_ONCE: usize = 2;

/// The workshop of one site. Clones share it.
#[derive(Clone, Debug)]
pub struct Workshop {
    bounds: Bounds,
    places: Arc<Semaphore>,
}

impl Workshop {
    /// That takes what `media` allows.
    pub fn new(media: &Media) -> Self {
        Self { bounds: media.into(), places: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// What is taken.
    pub fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// [`process`] beside the requests.
    ///
    /// # Errors
    /// As [`process`].
    pub async fn process(&self, bytes: Bytes) -> Worked<Processed> {
        let bounds = self.bounds;
        self.work(move || process(&bytes, &bounds)).await
    }

    /// [`cropped`] beside the requests.
    ///
    /// # Errors
    /// As [`cropped`].
    pub async fn cropped(&self, bytes: Bytes, width: u32, height: u32) -> Worked<Picture> {
        let bounds = self.bounds;
        self.work(move || cropped(&bytes, width, height, &bounds)).await
    }

    /// [`part`] beside the requests.
    ///
    /// # Errors
    /// As [`part`].
    pub async fn part(&self, bytes: Bytes, wanted: Part) -> Worked<Processed> {
        let bounds = self.bounds;
        self.work(move || part(&bytes, wanted, &bounds)).await
    }

    /// Draws a monogram beside the requests.
    ///
    /// # Errors
    /// None in practice: [`Error::Internal`] if the picture cannot be written.
    pub async fn monogram(&self, monogram: Monogram) -> Worked<Picture> {
        self.work(move || monogram.draw()).await
    }

    async fn work<T: Send + 'static>(&self, job: impl FnOnce() -> Worked<T> + Send + 'static) -> Worked<T> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(Error::internal)?;
        let done = spawn_blocking(move || {
            let result = job();
            drop(place);
            result
        });
        done.await.map_err(Error::internal)?
    }
}
