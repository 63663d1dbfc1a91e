//! Somebody elsewhere votes in a poll of this site. What does not count is acknowledged and changes nothing.

use async_trait::async_trait;

use super::super::visible_status;
use crate::activitystreams::Note;
use crate::base::Result;
use crate::domain::statuses;
use crate::federation::inbox::{Change, Outcome};
use crate::federation::signer::Signer;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// A note that is a vote.
pub(super) struct Voting {
    pub note: Note,
    pub signer: Signer,
}

#[async_trait]
impl Change for Voting {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let (Some(choice), Some(poll)) = (&self.note.name, &self.note.in_reply_to) else {
            return Ok(Outcome::Ignored("no vote"));
        };
        let Some(status) = visible_status(services, tx, &self.signer, poll.as_str()).await? else {
            return Ok(Outcome::Ignored("unknown poll"));
        };
        let vote = (choice.as_str(), self.note.id.as_str());
        let refused = statuses::vote::vote_in(services, tx, self.signer.account, &status, vote).await?;
        Ok(refused.map_or(Outcome::Done, Outcome::Ignored))
    }
}
