//! Where pictures can be had: always at this site, those of other sites too.

use crate::domain::accounts::{Account, picture};
use crate::domain::media::Media;
use crate::domain::media::address::{Size, with_pass};
use crate::platform::services::Services;

/// The avatar, or letters that stand for it.
pub fn avatar(services: &Services, account: &Account) -> String {
    services.origin.at(&picture::avatar_path(account))
}

/// The header, or what stands in for it.
pub fn header(services: &Services, account: &Account) -> String {
    let path = picture::header_path(account);
    services.origin.at(path.as_deref().unwrap_or("/headers/original/missing.png"))
}

/// The picture itself, for whoever reads the answer in which the address stands.
pub fn original(services: &Services, media: &Media) -> String {
    with_pass(services, media, Size::Original)
}

/// A smaller one.
pub fn preview(services: &Services, media: &Media) -> String {
    with_pass(services, media, Size::Preview)
}
