//! The command line. Every error says what to do.

mod account;
mod config;
mod delivery;
mod doctor;
mod leaving;
mod media;
mod moving;
mod near;
mod peer;
mod say;
mod serve;
mod token;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::serve::asked_to_stop;
use super::demo::{self, DemoOptions};
use super::log;
use crate::base::Clock;
use crate::platform::crypto::Random;
use crate::platform::services::Services;

/// Worker threads at most. Each costs memory; the work between waits is short.
const MAX_THREADS: usize = 4;

/// A federated social intranet: every department runs its own site, the sites talk ActivityPub.
#[derive(Debug, Parser)]
#[command(name = "breezeway", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// The configuration file. Default: breezeway.toml in this folder, if there is one.
    #[arg(long, short, global = true, value_name = "FILE", env = "BREEZEWAY_CONFIG")]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a site. Without configuration it lives in ./data and listens on loopback.
    Serve,
    /// Run three departments on loopback that talk with one another.
    Demo(DemoOptions),
    /// Bring the tables up to date, as the first start of a new version does by itself.
    Migrate,
    /// Show the configuration in force and where each value comes from, without secrets.
    Check,
    /// People of this site.
    #[command(subcommand)]
    Account(account::AccountCommand),
    /// Access for programs.
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Other sites.
    #[command(subcommand)]
    Peer(peer::PeerCommand),
    /// What is on its way to other sites, and what was given up.
    #[command(subcommand)]
    Delivery(delivery::DeliveryCommand),
    /// Pictures and files.
    #[command(subcommand)]
    Media(media::MediaCommand),
    /// Print the text of config/example.toml.
    #[command(hide = true)]
    ConfigExample,
}

/// Runs the command of this process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .max_blocking_threads(16)
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return failed(&anyhow::Error::new(error).context("this machine gives no threads")),
    };
    let done = runtime.block_on(dispatch(cli));
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

async fn dispatch(cli: Cli) -> anyhow::Result<()> {
    let path = cli.config.as_deref();
    match cli.command {
        Command::Serve => serve::serve(path).await,
        Command::Demo(options) => demo::run(options, asked_to_stop()?).await,
        Command::Migrate => serve::migrate(path).await,
        Command::Check => config::check(path),
        Command::Account(command) => {
            let services = open(path).await?;
            closed(&services, account::run(&services, command).await).await
        }
        Command::Token(command) => {
            let services = open(path).await?;
            closed(&services, token::run(&services, command).await).await
        }
        Command::Peer(command) => {
            let services = open(path).await?;
            closed(&services, peer::run(&services, command).await).await
        }
        Command::Delivery(command) => {
            let services = open(path).await?;
            closed(&services, delivery::run(&services, command).await).await
        }
        Command::Media(command) => {
            let services = open(path).await?;
            closed(&services, media::run(&services, command).await).await
        }
        Command::ConfigExample => {
            print!("{}", crate::base::config::Config::example());
            Ok(())
        }
    }
}

/// Opens the site without listening; a server may run beside it on the same database. Makes none where there is none.
async fn open(path: Option<&Path>) -> anyhow::Result<Services> {
    let mut config = config::load(path)?;
    // What a command prints is its result; of the rest only what is wrong.
    if !config.is_set("log.level") {
        "warn".clone_into(&mut config.log.level);
    }
    log::start(&config.log)?;
    super::open::require_site(&config).await?;
    Ok(super::open::open(config, Clock::system(), Random::system()).await?)
}

async fn closed(services: &Services, done: anyhow::Result<()>) -> anyhow::Result<()> {
    services.db.close().await;
    done
}

/// Prints the error and what caused it. 1 for what a person can mend, as everywhere; clap itself answers 2.
fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("breezeway: {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  because: {cause}");
    }
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
