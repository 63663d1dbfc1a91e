//! `breezeway account alias`, `move` and `rotate-keys`: what else belongs to an account on the wire.

use anyhow::Context as _;
use clap::Args;

use super::{account, peer};
use crate::base::Error;
use crate::base::origin::INSTANCE_ACTOR;
use crate::domain::accounts::{self, keys, relocate};
use crate::federation::fetch;
use crate::platform::services::Services;

/// Which accounts elsewhere are the same person.
#[derive(Debug, Args)]
pub struct Alias {
    /// Short name or e-mail address.
    account: String,
    /// The account elsewhere, as in @ann@sales.example.org. Without it, those named so far are listed.
    other: Option<String>,
    /// Take it away again.
    #[arg(long, requires = "other")]
    remove: bool,
}

/// Where somebody moves.
#[derive(Debug, Args)]
pub struct Move {
    /// Short name or e-mail address.
    account: String,
    /// The new account, as in @ann@sales.example.org. It must name the old one as its alias first.
    #[arg(required_unless_present = "undo")]
    target: Option<String>,
    /// Take the move back. Followers who went along stay where they are.
    #[arg(long, conflicts_with = "target")]
    undo: bool,
}

/// Whose keys are made anew.
#[derive(Debug, Args)]
pub struct RotateKeys {
    /// Short name or e-mail address.
    #[arg(required_unless_present = "site")]
    account: Option<String>,
    /// The keys of the site itself, with which it fetches and shakes hands.
    #[arg(long, conflicts_with = "account")]
    site: bool,
}

/// Names, lists or takes away another account of the same person.
pub async fn alias(services: &Services, wanted: Alias) -> anyhow::Result<()> {
    let id = account::find(services, &wanted.account).await?;
    let mut aliases = relocate::store::find_aliases(&mut services.db.read().await?, id).await?;
    let Some(other) = wanted.other else {
        for alias in aliases {
            println!("{alias}");
        }
        return Ok(());
    };
    let uri = match (aliases.iter().find(|alias| **alias == other), wanted.remove) {
        (Some(known), _) => known.clone(),
        (None, _) => address_of(services, &other).await?,
    };
    aliases.retain(|alias| *alias != uri);
    if wanted.remove {
        println!("{other} can no longer move to {}.", wanted.account);
    } else {
        aliases.push(uri);
        println!("{other} may move to {} from now on.", wanted.account);
    }
    relocate::set_aliases(services, id, aliases).await?;
    told(services).await;
    Ok(())
}

async fn address_of(services: &Services, other: &str) -> anyhow::Result<String> {
    let found = fetch::resolve(services, other).await.map_err(Error::from);
    match found.with_context(|| format!("{other} could not be found"))? {
        Some(fetch::Found::Account(account)) => Ok(account.uri),
        _ => anyhow::bail!("{other} is no account; write it as in @ann@sales.example.org"),
    }
}

/// Moves an account, or takes that back.
pub async fn relocate(services: &Services, wanted: Move) -> anyhow::Result<()> {
    let id = account::find(services, &wanted.account).await?;
    match wanted.target {
        None => {
            relocate::stay(services, id).await?;
            println!("{} is here again.", wanted.account);
        }
        Some(target) => {
            let found = fetch::afresh(services, &target).await.map_err(Error::from);
            let target = found.with_context(|| format!("{target} could not be read"))?;
            relocate::relocate(services, id, target.id).await?;
            println!("{} has moved to @{}. Followers go along.", wanted.account, target.acct());
        }
    }
    told(services).await;
    Ok(())
}

/// Gives an actor of this site new keys.
pub async fn rotate_keys(services: &Services, wanted: RotateKeys) -> anyhow::Result<()> {
    let (id, name) = match wanted.account {
        Some(name) => (account::find(services, &name).await?, name),
        None => (
            INSTANCE_ACTOR,
            accounts::store::get(&mut services.db.read().await?, INSTANCE_ACTOR).await?.username,
        ),
    };
    keys::rotate(services, id).await?;
    println!("{name} has new keys. The other sites are told.");
    told(services).await;
    Ok(())
}

/// What other sites do not hear within some seconds, the server tells them later.
pub(super) async fn told(services: &Services) {
    if let Err(later) = peer::send(services).await {
        eprintln!("{later}");
    }
}
