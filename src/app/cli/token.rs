//! `breezeway token …`: access for programs and tests, without a browser.

use clap::{Args, Subcommand};

use super::account;
use crate::domain::auth::{Scopes, token};
use crate::platform::services::Services;

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a token and print it. It is shown only now.
    Create(Create),
}

/// A new token.
#[derive(Debug, Args)]
pub struct Create {
    /// For whom: short name or e-mail address.
    #[arg(long)]
    account: String,
    /// What it may do, separated by spaces, as in "read write:statuses".
    #[arg(long, default_value = "read write follow push")]
    scopes: String,
    /// What to call it in the person's settings.
    #[arg(long, default_value = "command line")]
    name: String,
}

/// Runs the command.
pub async fn run(services: &Services, command: TokenCommand) -> anyhow::Result<()> {
    let TokenCommand::Create(create) = command;
    let scopes = Scopes::parse(&create.scopes)?;
    if scopes.is_empty() {
        anyhow::bail!("a token needs at least one scope; write for example --scopes \"read write\"");
    }
    let account = account::find(services, &create.account).await?;
    println!("{}", token::create(services, account, &scopes, &create.name).await?);
    Ok(())
}
