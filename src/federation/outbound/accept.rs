//! Accept and Reject: the answers to a Follow.

use super::{follow, fresh_id, letter, url};
use crate::activitystreams::activity::Answered;
use crate::activitystreams::{activity, context};
use crate::base::Result;
use crate::base::id::AccountId;
use crate::federation::delivery::Letter;
use crate::platform::services::Services;

/// `followed` (an actor of this site, `from`) lets `follower` follow; `follow_id` is the id of the Follow.
pub fn accept(
    services: &Services,
    from: AccountId,
    followed: &str,
    follower: &str,
    follow_id: &str,
) -> Result<Letter> {
    let accept = activity::Accept {
        id: fresh_id(services)?,
        actor: url(followed)?,
        object: Answered::Follow(follow::build(follower, followed, follow_id)?).into(),
        result: None,
        to: vec![url(follower)?],
    };
    letter(from, &accept.id.clone(), accept, context::plain())
}

/// `followed` refuses `follower`, or ends what was accepted.
pub fn reject(
    services: &Services,
    from: AccountId,
    followed: &str,
    follower: &str,
    follow_id: &str,
) -> Result<Letter> {
    let reject = activity::Reject {
        id: fresh_id(services)?,
        actor: url(followed)?,
        object: Answered::Follow(follow::build(follower, followed, follow_id)?).into(),
        to: vec![url(follower)?],
    };
    letter(from, &reject.id.clone(), reject, context::plain())
}
