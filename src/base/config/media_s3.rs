//! `[media_s3]`: a bucket in the place of the folder.

use url::Url;

use super::problem::Problems;
use super::section::section;
use crate::base::secret::Secret;

section! {
    /// Pictures, videos and files in a bucket that speaks S3 (Amazon, MinIO, Ceph, Garage), in the place of the folder
    /// "media" in the data folder. `breezeway media move` brings over what is there. Readers get everything from this
    /// site all the same: nobody else needs to reach the bucket, and it must not be open to others.
    pub struct MediaS3 in "media_s3" {
        /// The name of the bucket. Without it the folder is used.
        pub bucket: Option<String> = None, example r#""breezeway-media""#;
        /// Where it is, if it is not Amazon's.
        pub endpoint: Option<Url> = None, example r#""http://127.0.0.1:9000""#;
        /// As in "eu-central-1"; others than Amazon seldom care.
        pub region: String = "us-east-1".to_owned();
        /// The name of the key.
        pub access_key: Option<String> = None, example r#""breezeway""#;
        /// The key itself. Better in the environment: BREEZEWAY_MEDIA_S3__SECRET_KEY.
        pub secret_key: Option<Secret<String>> = None, example r#""the secret key""#;
        /// What the names in the bucket begin with, where several sites share one.
        pub prefix: String = String::new();
    }
}

impl MediaS3 {
    /// Whether it is in use.
    pub fn is_on(&self) -> bool {
        self.bucket.is_some()
    }

    pub(super) fn validate(&self, problems: &mut Problems) {
        let named = self.bucket.as_ref().is_none_or(|bucket| !bucket.trim().is_empty());
        problems.require(named, "media_s3.bucket", "must not be empty; remove it to use the folder");
        let keys = !self.is_on() || (self.access_key.is_some() && self.secret_key.is_some());
        problems.require(
            keys,
            "media_s3.access_key",
            "must be set together with secret_key, where a bucket is named",
        );
        let web = self.endpoint.as_ref().is_none_or(|url| matches!(url.scheme(), "http" | "https"));
        problems.require(web, "media_s3.endpoint", "must begin with https:// or http://");
    }
}
