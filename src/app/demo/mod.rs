//! Three departments on loopback that know one another: to look at, to try out, to develop against.
//!
//! Everything between them is real: three databases, the handshake, signed requests over HTTP.

mod cast;
mod conversation;
mod department;
mod folder;
mod picture;

use std::net::SocketAddr;

use anyhow::Context as _;
use clap::Args;

use self::cast::DEPARTMENTS;
use self::department::Department;
use self::folder::Folder;
use super::log;
use crate::base::config::Log;
use crate::platform::crypto::Random;

/// How the demo runs.
#[derive(Debug, Args)]
pub struct DemoOptions {
    /// The port of the first department; the others take the next ones.
    #[arg(long, default_value_t = 4101, value_name = "PORT")]
    port_base: u16,
    /// Leave after the conversation, for machines that check it.
    #[arg(long)]
    once: bool,
}

/// Runs the demo until `stop`, or only the conversation. The folder is gone afterwards, also after a failure.
///
/// # Errors
/// If a department cannot be started, or something does not arrive.
pub async fn run(options: DemoOptions, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
    log::start(&Log { level: "warn".to_owned(), json: false })?;
    let folder = Folder::make(&Random::system())?;
    let mut departments = Vec::new();
    tokio::pin!(stop);
    let outcome = tokio::select! {
        () = &mut stop => Ok(false),
        played = play(&mut departments, &options, &folder) => played.map(|()| !options.once),
    };
    let outcome = match outcome {
        Ok(true) => {
            stop.await;
            Ok(())
        }
        outcome => outcome.map(|_| ()),
    };
    println!("\nClosing the departments and removing {} …", folder.path().display());
    for department in departments {
        department.stop().await;
    }
    folder.remove()?;
    outcome
}

async fn play(
    departments: &mut Vec<Department>,
    options: &DemoOptions,
    folder: &Folder,
) -> anyhow::Result<()> {
    println!(
        "Breezeway demo: three departments, each with a site of its own, in {}\n",
        folder.path().display()
    );
    for (index, cast) in DEPARTMENTS.iter().enumerate() {
        let port = u16::try_from(index).ok().and_then(|index| options.port_base.checked_add(index));
        let port = port.context("there are no three ports from --port-base on; choose a smaller one")?;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let department = Department::open(cast, address, folder)
            .await
            .with_context(|| format!("{} cannot open on port {port}; try another --port-base", cast.name))?;
        department.announce();
        departments.push(department);
    }
    conversation::peer(departments).await?;
    conversation::talk(departments).await?;
    if !options.once {
        tell_how_to_go_on(departments);
    }
    Ok(())
}

fn tell_how_to_go_on(departments: &[Department]) {
    println!("\nThe departments stay open. Sign in with a name and the password “{}”:\n", cast::PASSWORD);
    for department in departments {
        println!("  {:<12} {}  {}", department.name(), department.url(), department.logins());
    }
    println!("\nThe first of each runs the department and works at its desk. Ctrl-C ends the demo.");
}
