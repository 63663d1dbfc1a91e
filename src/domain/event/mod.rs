//! The closed list of what can happen. Every change writes one of these in its own transaction; notifications,
//! streams and deliveries run only from the row, so what was committed is never forgotten.

pub mod store;

use serde::{Deserialize, Serialize};

use crate::base::Result;
use crate::base::id::{AccountId, InteractionId, PeerId, ReportId, StatusId};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Something that happened. Past tense; carries what its effects cannot look up any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A post was written or received.
    StatusCreated { status: StatusId },
    /// A post came to which more answers came first than one transaction joins to it.
    ParentArrived { status: StatusId },
    /// A post was edited.
    StatusUpdated { status: StatusId },
    /// Somebody of this site voted in a poll.
    PollVoted { status: StatusId, by: AccountId },
    /// The figures of a poll of this site changed, and others may hear of it now.
    PollCounted { status: StatusId },
    /// The time of a poll is over.
    PollEnded { status: StatusId },
    /// A post is gone. Its row too, so the event says whom it had reached.
    StatusDeleted { status: StatusId, uri: String, by: AccountId, local: bool, inboxes: Vec<String> },
    /// Somebody liked a post.
    StatusFavourited { status: StatusId, by: AccountId, uri: String },
    /// Somebody took the like back.
    StatusUnfavourited { status: StatusId, by: AccountId, uri: String },
    /// Somebody elsewhere reacted to a post with a sign.
    StatusReacted { status: StatusId, by: AccountId },
    /// Somebody reposted a post; `reblog` is the row of the repost.
    StatusReblogged { reblog: StatusId },
    /// Somebody took a repost back. Its row is gone.
    StatusUnreblogged { uri: String, status: StatusId, by: AccountId, inboxes: Vec<String> },
    /// Somebody of this site pinned a post to the profile.
    StatusPinned { status: StatusId, by: AccountId },
    /// Somebody of this site took a post off the profile.
    StatusUnpinned { status: StatusId, by: AccountId },
    /// Something came of a quote in a post of this site, or its author let others do more or less with it.
    ConsentChanged { status: StatusId },
    /// A reply of this site waits for consent from elsewhere.
    ReplyHeld { status: StatusId },
    /// Somebody asks to do something with a post of this site.
    InteractionRequested { interaction: InteractionId },
    /// That was allowed, refused or taken back. `again`: nothing new, somebody asks once more.
    InteractionDecided {
        interaction: InteractionId,
        #[serde(default)]
        again: bool,
    },
    /// Somebody asks to follow somebody.
    FollowRequested { account: AccountId, target: AccountId, uri: String },
    /// A follow holds from now on.
    FollowAccepted { account: AccountId, target: AccountId, uri: String },
    /// A follow was refused, or ended by the one followed.
    FollowRejected { account: AccountId, target: AccountId, uri: String },
    /// The follower ended it.
    Unfollowed { account: AccountId, target: AccountId, uri: String },
    /// Somebody blocked somebody.
    Blocked { account: AccountId, target: AccountId, uri: String },
    /// A block was taken back.
    Unblocked { account: AccountId, target: AccountId, uri: String },
    /// A profile changed.
    AccountUpdated { account: AccountId },
    /// Somebody moved to another account; whoever followed the old one goes along.
    AccountMoved { account: AccountId, target: AccountId },
    /// There are people of this site who have not gone along yet.
    FollowersMoved { account: AccountId, target: AccountId },
    /// Somebody of this site left for good; `files` are the pictures of the profile.
    AccountLeft { account: AccountId, files: Vec<String> },
    /// Somebody is gone, and there may be posts left of them.
    AccountDeleted { account: AccountId },
    /// Somebody reported a person or posts.
    ReportCreated { report: ReportId },
    /// An administrator wants to peer with another site.
    PeerInvited { peer: PeerId, uri: String },
    /// Another site wants to peer with us.
    PeerRequested { peer: PeerId },
    /// Our administrator accepted a site that asked.
    PeerAccepted { peer: PeerId, uri: String },
    /// Both sides agreed; the other site said so last.
    PeerConfirmed { peer: PeerId },
    /// Our administrator ended or refused the peering. `uri` is the handshake that ends, if there was one.
    PeerRemoved { peer: PeerId, uri: Option<String> },
}

impl Event {
    /// Writes the event into the transaction of the change, and wakes the effects after its commit.
    ///
    /// # Errors
    /// As the database.
    #[expect(
        clippy::unused_async,
        reason = "a write like others; whether it waits is not the caller's business"
    )]
    pub async fn emit(&self, services: &Services, tx: &mut Tx) -> Result<()> {
        store::insert(tx, services.ids.next(), self)?;
        tx.wake_after_commit();
        Ok(())
    }
}
