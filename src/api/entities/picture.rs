//! Where pictures can be had.

use crate::base::origin::Origin;
use crate::domain::accounts::Account;
use crate::domain::media::Media;

/// The avatar, or what stands in for it.
pub fn avatar(origin: &Origin, account: &Account) -> String {
    address(origin, account.avatar_key.as_ref(), account.avatar_url.as_ref())
        .unwrap_or_else(|| origin.at("/avatars/original/missing.png"))
}

/// The header, or what stands in for it.
pub fn header(origin: &Origin, account: &Account) -> String {
    address(origin, account.header_key.as_ref(), account.header_url.as_ref())
        .unwrap_or_else(|| origin.at("/headers/original/missing.png"))
}

/// The picture itself.
pub fn original(origin: &Origin, media: &Media) -> Option<String> {
    address(origin, media.blob_key.as_ref(), media.remote_url.as_ref())
}

/// A smaller one.
pub fn preview(origin: &Origin, media: &Media) -> Option<String> {
    address(origin, media.preview_key.as_ref(), None).or_else(|| original(origin, media))
}

fn address(origin: &Origin, key: Option<&String>, remote: Option<&String>) -> Option<String> {
    key.map(|key| origin.at(&format!("/media/{key}"))).or_else(|| remote.cloned())
}
