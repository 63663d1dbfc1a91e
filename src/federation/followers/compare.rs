//! Their side: whether what another site says of our followers is what we know.

use tracing::info;
use url::Url;

use super::{Comparison, Digest, store};
use crate::base::Result;
use crate::federation::origin::same_origin;
use crate::federation::signer::Signer;
use crate::platform::services::Services;

/// Compares what the header of `signer`'s request says with what is known here, and notes if the two differ: the
/// worker then reads the list. A header that cannot be read or speaks of others is left alone.
///
/// # Errors
/// As the database.
pub async fn compare(services: &Services, signer: &Signer, header: &str) -> Result<()> {
    let said = match Comparison::parse(header) {
        Ok(said) => said,
        Err(problem) => {
            info!(actor = %signer.actor, "What {} says of followers cannot be read: {problem}", signer.actor);
            return Ok(());
        }
    };
    let own = signer.followers_uri.as_deref() == Some(said.collection.as_str());
    let theirs = Url::parse(&signer.actor)
        .is_ok_and(|actor| same_origin(&said.url, &actor) && same_origin(&said.collection, &actor));
    if !own || !theirs {
        info!(actor = %signer.actor, "{} speaks of followers that are not theirs", signer.actor);
        return Ok(());
    }
    let mut conn = services.db.read().await?;
    let here = store::list_followers_here(&mut conn, signer.account).await?;
    if Digest::of(here.iter().map(|(_, uri)| uri.as_str())).to_hex() == said.digest {
        return Ok(());
    }
    drop(conn);
    info!(actor = %signer.actor, "{} counts other followers here than we do", signer.actor);
    let mut tx = services.db.begin().await?;
    store::upsert(&mut tx, signer.account, &said.digest, said.url.as_str(), services.clock.now()).await?;
    tx.commit().await?;
    services.hub.wake_followers();
    Ok(())
}
