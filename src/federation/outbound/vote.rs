//! A vote: a person of this site chooses in a poll of another. A `Create` for each choice.

use super::letter;
use crate::activitystreams::context;
use crate::base::Result;
use crate::domain::accounts::Account;
use crate::domain::statuses::Status;
use crate::federation::delivery::Letter;
use crate::federation::map;

/// One choice: the option, and the id of the vote.
pub fn vote(voter: &Account, (asker, poll): (&Account, &Status), choice: (&str, &str)) -> Result<Letter> {
    let create = map::activity::vote(&voter.uri, (&asker.uri, &poll.uri), choice)?;
    letter(voter.id, &create.id.clone(), create, context::plain())
}
