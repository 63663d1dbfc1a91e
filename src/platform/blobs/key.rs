//! The names of blobs.

use std::fmt;
use std::str::FromStr;

use crate::base::{Error, Result};
use crate::platform::crypto::{Random, sha256};

/// What a blob is for; everything in one of them is guarded in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// Avatars and headers: everybody may read them.
    Faces,
    /// Attachments of posts: whoever may read the post.
    Posts,
    /// Copies of pictures of other sites, and what can be made again from our own.
    Copies,
    /// Files with everything of a person: that person alone.
    Exports,
}

impl Folder {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Faces, Self::Posts, Self::Copies];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Faces => "faces",
            Self::Posts => "posts",
            Self::Copies => "copies",
            Self::Exports => "exports",
        }
    }
}

/// `posts/3f/3f8a….jpg`: a folder, two digits so that no folder gets too full, a name that cannot be guessed.
///
/// A key that was read from outside has exactly this form, so it never leads out of the store.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlobKey(String);

impl BlobKey {
    /// A new key. `extension` is one of ours, never the uploader's.
    pub fn make(random: &Random, folder: Folder, extension: &'static str) -> Self {
        let name = format!("{:032x}", u128::from_be_bytes(random.bytes::<16>()));
        Self(format!("{}/{}/{name}.{extension}", folder.name(), &name[..2]))
    }

    /// Where the copy of the picture at `url` is kept. Its kind is not known before it is read.
    pub fn copy_of(url: &str) -> Self {
        let name = &sha256(url.as_bytes()).to_hex()[..32];
        Self(format!("{}/{}/{name}.copy", Folder::Copies.name(), &name[..2]))
    }

    /// As it is kept in a row.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Which folder it is in.
    pub fn folder(&self) -> Folder {
        match self.0.split('/').next() {
            Some("faces") => Folder::Faces,
            Some("copies") => Folder::Copies,
            Some("exports") => Folder::Exports,
            _ => Folder::Posts,
        }
    }

    /// The media type that its extension stands for.
    pub fn mime(&self) -> &'static str {
        match self.0.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "jpg" => "image/jpeg",
            "png" => "image/png",
            "gif" => "image/gif",
            "webp" => "image/webp",
            "mp4" => "video/mp4",
            "m4a" => "audio/mp4",
            _ => "application/octet-stream",
        }
    }

    pub(super) fn path(&self) -> &str {
        &self.0
    }

    pub(super) fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }
}

impl FromStr for BlobKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let is_key = || {
            let mut parts = text.split('/');
            let (folder, shelf, file) = (parts.next()?, parts.next()?, parts.next()?);
            let (name, extension) = file.split_once('.')?;
            let is_hex =
                name.len() == 32 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            let is_word = (1..=5).contains(&extension.len())
                && extension.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
            let fits = matches!(folder, "faces" | "posts" | "copies" | "exports")
                && is_hex
                && name.get(..2) == Some(shelf)
                && is_word;
            (fits && parts.next().is_none()).then_some(())
        };
        is_key().map(|()| Self(text.to_owned())).ok_or(Error::not_found("file"))
    }
}

impl fmt::Display for BlobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_as_it_is_written() {
        let key = BlobKey::make(&Random::seeded(1), Folder::Faces, "jpg");

        assert_eq!(key.as_str().parse::<BlobKey>().unwrap(), key);
        assert_eq!((key.folder(), key.mime()), (Folder::Faces, "image/jpeg"));
    }

    #[test]
    fn nothing_else_is_a_key() {
        let key = BlobKey::make(&Random::seeded(1), Folder::Faces, "jpg").to_string();
        for wrong in [
            String::new(),
            "../../etc/passwd".to_owned(),
            format!("faces/../{key}"),
            format!("/{key}"),
            format!("{key}/"),
            key.replace("faces", "other"),
            key.replace(".jpg", ".j/g"),
            key.replace(".jpg", ".JPG"),
            key.replacen(&key[6..8], "..", 1),
            format!("{key}\0"),
        ] {
            assert!(wrong.parse::<BlobKey>().is_err(), "{wrong}");
        }
    }
}
