//! Blobs in a bucket: with Amazon, or whatever speaks the same (MinIO, Ceph, Garage).

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::{
    ClientOptions, GetOptions, GetRange, ObjectStore, ObjectStoreExt, RetryConfig, WriteMultipart,
};

use super::disk::{blocking, pieces};
use super::{BlobKey, Kept, Reading, Wanted, range_of};
use crate::base::config::MediaS3;
use crate::base::{Error, Result};

/// Larger files are sent in parts of this many bytes; five mebibytes are the least that S3 takes.
const PART: usize = 8 << 20;
/// A request with the body of a large file may take that long.
const REQUEST: Duration = Duration::from_mins(5);
const CONNECT: Duration = Duration::from_secs(5);

/// A bucket, or a part of one.
#[derive(Clone, Debug)]
pub struct Bucket {
    store: Arc<dyn ObjectStore>,
    prefix: String,
}

impl Bucket {
    /// As the configuration names it. Nothing is asked of it yet.
    pub(super) fn open(settings: &MediaS3) -> Result<Self> {
        let retry =
            RetryConfig { max_retries: 3, retry_timeout: Duration::from_mins(1), ..RetryConfig::default() };
        let options = ClientOptions::new().with_timeout(REQUEST).with_connect_timeout(CONNECT);
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(settings.bucket.as_deref().unwrap_or_default())
            .with_region(&settings.region)
            // Others than Amazon seldom have a name for each bucket.
            .with_virtual_hosted_style_request(settings.endpoint.is_none())
            .with_retry(retry);
        if let Some(endpoint) = &settings.endpoint {
            builder = builder.with_endpoint(endpoint.as_str().trim_end_matches('/'));
        }
        let plain = settings.endpoint.as_ref().is_some_and(|endpoint| endpoint.scheme() == "http");
        builder = builder.with_client_options(options.with_allow_http(plain));
        if let (Some(key), Some(secret)) = (&settings.access_key, &settings.secret_key) {
            builder = builder.with_access_key_id(key).with_secret_access_key(secret.expose());
        }
        let store = builder.build().map_err(Error::internal)?;
        Ok(Self::over(Arc::new(store), &settings.prefix))
    }

    /// Over any store.
    pub(super) fn over(store: Arc<dyn ObjectStore>, prefix: &str) -> Self {
        Self { store, prefix: prefix.trim_matches('/').to_owned() }
    }

    pub(super) async fn put(&self, key: &BlobKey, bytes: Bytes) -> Result<()> {
        self.store.put(&self.path(key), bytes.into()).await.map_err(told)?;
        Ok(())
    }

    pub(super) async fn put_file(&self, key: &BlobKey, from: &Path) -> Result<()> {
        let from = from.to_owned();
        let (file, length) = blocking(move || {
            let file = std::fs::File::open(from)?;
            let length = file.metadata()?.len();
            Ok((file, length))
        })
        .await?;
        let mut pieces = pieces(file, PART);
        if length <= PART as u64 {
            let whole = blocking(move || pieces.next().transpose()).await?;
            return self.put(key, whole.unwrap_or_default()).await;
        }
        let upload = self.store.put_multipart(&self.path(key)).await.map_err(told)?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, PART);
        loop {
            let (piece, rest) = blocking(move || {
                let mut rest = pieces;
                Ok((rest.next().transpose()?, rest))
            })
            .await?;
            pieces = rest;
            let Some(piece) = piece else { break };
            upload.wait_for_capacity(2).await.map_err(told)?;
            upload.put(piece);
        }
        upload.finish().await.map_err(told)?;
        Ok(())
    }

    pub(super) async fn read(&self, key: &BlobKey) -> Result<Bytes> {
        self.store.get(&self.path(key)).await.map_err(told)?.bytes().await.map_err(told)
    }

    pub(super) async fn size(&self, key: &BlobKey) -> Result<u64> {
        Ok(self.store.head(&self.path(key)).await.map_err(told)?.size)
    }

    pub(super) async fn stream(&self, key: &BlobKey, wanted: Option<Wanted>) -> Result<Reading> {
        let path = self.path(key);
        let mut options = GetOptions::default();
        if wanted.is_some() {
            let range = range_of(wanted, self.size(key).await?)?;
            options.range = Some(GetRange::Bounded(range));
        }
        let found = self.store.get_opts(&path, options).await.map_err(told)?;
        let (length, range) = (found.meta.size, found.range.clone());
        let body = found.into_stream().map_err(std::io::Error::other).boxed();
        Ok(Reading { length, range, body })
    }

    pub(super) async fn delete(&self, key: &BlobKey) -> Result<()> {
        self.store.delete(&self.path(key)).await.map_err(told)
    }

    /// All blobs. Names that are none of ours are passed over.
    pub(super) async fn list(&self) -> Result<Vec<Kept>> {
        let prefix = (!self.prefix.is_empty()).then(|| object_store::path::Path::from(self.prefix.as_str()));
        let mut found = Vec::new();
        let mut all = self.store.list(prefix.as_ref());
        while let Some(object) = all.try_next().await.map_err(told)? {
            let name = object.location.as_ref();
            let name = name.strip_prefix(&self.prefix).unwrap_or(name).trim_start_matches('/');
            if let Ok(key) = name.parse() {
                found.push(Kept { key, size: object.size });
            }
        }
        Ok(found)
    }

    fn path(&self, key: &BlobKey) -> object_store::path::Path {
        let path = key.path();
        if self.prefix.is_empty() {
            return object_store::path::Path::from(path);
        }
        object_store::path::Path::from(format!("{}/{path}", self.prefix))
    }
}

fn told(error: object_store::Error) -> Error {
    match error {
        object_store::Error::NotFound { .. } => Error::not_found("file"),
        other => Error::internal(other),
    }
}
