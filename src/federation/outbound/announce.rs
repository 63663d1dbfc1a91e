//! Announce: a person of this site reposts.

use url::Url;

use super::{letter, url};
use crate::activitystreams::{activity, audience, context};
use crate::base::Result;
use crate::domain::accounts::Account;
use crate::domain::statuses::{Status, Visibility};
use crate::federation::delivery::Letter;
use crate::platform::services::Services;

/// `reblog` is the row of the repost, `of` the post, `author` who wrote it.
pub fn announce(services: &Services, by: &Account, reblog: &Status, of: &Status, author: &Account) -> Result<Letter> {
    let followers = url(&services.origin.collection(&by.username, "followers"))?;
    let (to, mut cc): (Vec<Url>, Vec<Url>) = match reblog.visibility {
        Visibility::Public => (vec![audience::public()], vec![followers]),
        Visibility::Unlisted => (vec![followers], vec![audience::public()]),
        Visibility::Organisation => (vec![url(&services.origin.organisation())?], vec![followers]),
        Visibility::Site | Visibility::Private | Visibility::Direct => (vec![followers], Vec::new()),
    };
    cc.push(url(&author.uri)?);
    let announce = activity::Announce {
        id: url(&reblog.uri)?,
        actor: url(&by.uri)?,
        object: url(&of.uri)?,
        to,
        cc,
        published: Some(reblog.created_at),
    };
    letter(by.id, &announce.id.clone(), announce, context::plain())
}

/// What an Undo needs to say of a repost whose row is gone.
pub(super) fn undone(by: &Account, id: &str, of: &str) -> Result<activity::Announce> {
    Ok(activity::Announce {
        id: url(id)?,
        actor: url(&by.uri)?,
        object: url(of)?,
        to: Vec::new(),
        cc: Vec::new(),
        published: None,
    })
}
