//! A vote: a person of this site chooses in a poll of another. A `Create` for each choice.

use super::letter;
use crate::activitystreams::context;
use crate::base::Result;
use crate::domain::accounts::Account;
use crate::domain::statuses::StatusView;
use crate::domain::statuses::poll::PollOption;
use crate::federation::delivery::Letter;
use crate::federation::map;

/// One choice.
pub fn vote(voter: &Account, poll: &StatusView, choice: &PollOption) -> Result<Letter> {
    let create = map::activity::vote(&voter.uri, poll, choice)?;
    letter(voter.id, &create.id.clone(), create, context::plain())
}
