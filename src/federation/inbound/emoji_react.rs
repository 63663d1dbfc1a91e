//! Somebody elsewhere reacted to a status with a sign. One of a status we do not know is ignored.

use activitypub_federation::config::Data;
use async_trait::async_trait;
use url::Url;

use super::{From, activity, visible_status};
use crate::activitystreams::activity::EmojiReact;
use crate::base::Result;
use crate::domain::statuses::react::{self, Sign};
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::federation::map;
use crate::federation::signer::Signer;
use crate::platform::db::Tx;
use crate::platform::services::Services;

activity!(EmojiReact);

/// Nothing to check that the inbox has not: the actor signed.
#[expect(clippy::unnecessary_wraps, reason = "the same shape as the rules of the other activities")]
fn verify(_: &Services, _: &From<EmojiReact>) -> Result<()> {
    Ok(())
}

async fn receive(data: &Data<Incoming>, from: From<EmojiReact>) -> Result<()> {
    data.write(&from.activity.id.clone(), Reacting(from)).await
}

struct Reacting(From<EmojiReact>);

#[async_trait]
impl Change for Reacting {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let From { activity, signer, .. } = &self.0;
        let text = activity.content.as_deref().unwrap_or_default();
        let Some(sign) = map::sign::read(text, &activity.tag, &signer.host) else {
            return Ok(Outcome::Ignored("no sign"));
        };
        react(services, tx, signer, (&activity.id, &activity.object), &sign).await
    }
}

/// Keeps a sign under a post that the signer may see; `id` is that of the activity.
pub(super) async fn react(
    services: &Services,
    tx: &mut Tx,
    signer: &Signer,
    (id, object): (&Url, &Url),
    sign: &Sign,
) -> Result<Outcome> {
    let Some(status) = visible_status(services, tx, signer, object.as_str()).await? else {
        return Ok(Outcome::Ignored("unknown status"));
    };
    let whose = (signer.account, status.id);
    let refused = react::react_in(services, tx, whose, sign, id.as_str()).await?;
    Ok(refused.map_or(Outcome::Done, Outcome::Ignored))
}
