//! Where pictures can be had.

use crate::domain::accounts::Account;
use crate::domain::media::Media;
use crate::platform::services::Services;

/// The avatar, or what stands in for it.
pub fn avatar(services: &Services, account: &Account) -> String {
    address(services, account.avatar_key.as_ref(), account.avatar_url.as_ref())
        .unwrap_or_else(|| services.origin.at("/avatars/original/missing.png"))
}

/// The header, or what stands in for it.
pub fn header(services: &Services, account: &Account) -> String {
    address(services, account.header_key.as_ref(), account.header_url.as_ref())
        .unwrap_or_else(|| services.origin.at("/headers/original/missing.png"))
}

/// The picture itself.
pub fn original(services: &Services, media: &Media) -> Option<String> {
    address(services, media.blob_key.as_ref(), media.remote_url.as_ref())
}

/// A smaller one.
pub fn preview(services: &Services, media: &Media) -> Option<String> {
    address(services, media.preview_key.as_ref(), None).or_else(|| original(services, media))
}

fn address(services: &Services, key: Option<&String>, remote: Option<&String>) -> Option<String> {
    key.map(|key| services.origin.at(&format!("/media/{key}"))).or_else(|| remote.cloned())
}
