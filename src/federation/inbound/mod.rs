//! Activities of other sites: rules that need no look elsewhere (`verify`), then what must be read elsewhere and
//! the domain's verb (`receive`). One file per type. Nothing here is trusted but who signed.

mod accept;
mod add;
mod announce;
mod block;
mod create;
mod delete;
mod emoji_react;
mod flag;
mod follow;
mod like;
mod r#move;
mod quote_request;
mod reject;
mod remove;
mod reply_request;
mod undo;
mod update;

use bytes::Bytes;
use url::Url;

use super::signer::Signer;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::statuses::{self, Reader, Status};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// An activity and who signed it.
#[derive(Clone, Debug)]
pub struct From<A> {
    /// What they say.
    pub activity: A,
    /// Who says it: the actor of the activity, as the inbox made sure.
    pub signer: Signer,
    /// The bytes that came, if they carry a proof: others may get them.
    pub sealed: Option<Bytes>,
}

/// Gives a wire type the library's trait: `verify` is the file's `verify`, `receive` the file's `receive`.
macro_rules! activity {
    ($type:ident) => {
        $crate::federation::inbound::activity!($type, by | it | &it.activity.id);
    };
    // Mastodon sends some without an id: the actor stands for it.
    ($type:ident, unnamed) => {
        $crate::federation::inbound::activity!(
            $type,
            by | it | it.activity.id.as_ref().unwrap_or(&it.activity.actor)
        );
    };
    ($type:ident, by |$it:ident| $id:expr) => {
        #[async_trait::async_trait]
        impl activitypub_federation::traits::Activity
            for $crate::federation::inbound::From<$crate::activitystreams::activity::$type>
        {
            type DataType = $crate::federation::inbox::Incoming;
            type Error = $crate::base::Error;

            fn id(&self) -> &url::Url {
                let $it = self;
                $id
            }

            fn actor(&self) -> &url::Url {
                &self.activity.actor
            }

            async fn verify(
                &self,
                data: &activitypub_federation::config::Data<Self::DataType>,
            ) -> $crate::base::Result<()> {
                verify(&data.services, self)
            }

            async fn receive(
                self,
                data: &activitypub_federation::config::Data<Self::DataType>,
            ) -> $crate::base::Result<()> {
                receive(data, self).await
            }
        }
    };
}

use activity;

/// An id for an activity that came without: nobody can repeat it.
fn unnamed(services: &Services, signer: &Signer) -> Url {
    let number: i64 = services.ids.next::<crate::base::id::EventId>().0;
    let own = format!("{}#unnamed-{number}", signer.actor);
    Url::parse(&own).expect("invariant: an actor that signed is a URL")
}

/// Refuses what is not of the signer's own site.
fn require_own(signer: &Signer, field: &'static str, uri: &Url) -> Result<()> {
    let actor = Url::parse(&signer.actor).map_err(Error::internal)?;
    super::origin::require_same_origin(field, uri, &actor)
}

/// The signer's account as it is inside the transaction.
async fn author(conn: &mut Conn, signer: &Signer) -> Result<Account> {
    accounts::store::get(conn, signer.account).await
}

/// The signer's site as a reader.
fn reader(signer: &Signer) -> Reader {
    Reader::Site { host: signer.host.clone(), member: signer.member }
}

/// A post that the signer's site may see and whose author does not block the signer, by its address.
async fn visible_status(
    services: &Services,
    conn: &mut Conn,
    signer: &Signer,
    uri: &str,
) -> Result<Option<Status>> {
    let Some(status) = statuses::store::find_by_uri(conn, uri).await? else {
        return Ok(None);
    };
    if status.local && blocks(conn, status.account_id, signer.account).await? {
        return Ok(None);
    }
    // A post of the signer's own site is theirs to see, whatever is known of it here.
    let own = crate::base::origin::host_of_uri(uri).is_some_and(|host| host == signer.host);
    if own {
        return Ok(Some(status));
    }
    let visible = statuses::read::retain_visible(services, conn, vec![status], &reader(signer)).await?;
    Ok(visible.into_iter().next())
}

/// Whether one of the two blocks the other.
async fn blocks(conn: &mut Conn, one: AccountId, other: AccountId) -> Result<bool> {
    let blocked = crate::domain::follows::store::list_blocked_either_way(conn, one, &[other]).await?;
    Ok(!blocked.is_empty())
}
