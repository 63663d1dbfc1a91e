//! `breezeway account delete`: somebody leaves for good.

use anyhow::bail;
use clap::Args;

use super::{account, moving};
use crate::domain::{accounts, auth};
use crate::platform::services::Services;

/// Who leaves.
#[derive(Debug, Args)]
pub struct Delete {
    /// Short name or e-mail address.
    account: String,
    /// The same once more, since it cannot be taken back.
    #[arg(conflicts_with = "yes")]
    again: Option<String>,
    /// Do not ask for the name once more.
    #[arg(long)]
    yes: bool,
}

/// Deletes an account.
pub async fn delete(services: &Services, wanted: Delete) -> anyhow::Result<()> {
    let name = wanted.account.trim();
    let id = account::find(services, name).await?;
    let account = accounts::store::get(&mut services.db.read().await?, id).await?;
    let again = wanted.again.as_deref().map(str::trim);
    if !wanted.yes && again != Some(name) {
        let count = account.statuses_count;
        bail!(
            "this deletes @{} and {count} posts for good, here and at the other sites; if you mean it, say the name \
             twice: breezeway account delete {name} {name}",
            account.username
        );
    }
    auth::leave(services, id).await?;
    println!("@{} is deleted. The name is not given to anybody else.", account.username);
    moving::told(services).await;
    Ok(())
}
