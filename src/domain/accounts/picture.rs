//! Where the faces of accounts are served at this site, those of other sites and made-up ones too.

use super::model::Account;
use crate::platform::crypto::sha256;
use crate::platform::images::Monogram;

/// The path of the avatar. It changes with the picture, so what is at one may be kept for ever.
pub fn avatar_path(account: &Account) -> String {
    let version = match account.avatar_key.as_ref().or(account.avatar_url.as_ref()) {
        Some(picture) => version(picture),
        None => version(&monogram(account).to_string()),
    };
    format!("/avatars/{}?v={version}", account.id)
}

/// The path of the header, if there is one.
pub fn header_path(account: &Account) -> Option<String> {
    let picture = account.header_key.as_ref().or(account.header_url.as_ref())?;
    Some(format!("/headers/{}?v={}", account.id, version(picture)))
}

/// What stands for an account without an avatar.
pub fn monogram(account: &Account) -> Monogram {
    Monogram::of(account.name(), account.id.0)
}

fn version(picture: &str) -> String {
    sha256(picture.as_bytes()).to_hex()[..8].to_owned()
}
