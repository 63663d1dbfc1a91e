//! `breezeway media …`: where pictures and files are kept.

use clap::{Subcommand, ValueEnum};

use crate::platform::blobs::{Blobs, Step, transfer};
use crate::platform::services::Services;

/// What to do with pictures and files.
#[derive(Debug, Subcommand)]
pub enum MediaCommand {
    /// Bring all pictures and files to another place. What was brought over before is passed over, so that it can be
    /// broken off and begun again. Nothing is removed.
    Move {
        /// Where to: "disk" is the folder "media" in the data folder, "s3" the bucket of [media_s3].
        #[arg(long)]
        to: Place,
    },
}

/// Where pictures and files can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Place {
    Disk,
    S3,
}

/// Runs the command.
pub async fn run(services: &Services, command: MediaCommand) -> anyhow::Result<()> {
    let MediaCommand::Move { to } = command;
    let config = &services.config;
    if !config.media_s3.is_on() {
        anyhow::bail!("no bucket is named; set media_s3.bucket and its keys, as in config/example.toml");
    }
    let disk = Blobs::open(config.server.media_dir())?;
    let bucket = Blobs::in_bucket(&config.media_s3)?;
    let (from, to, place) = match to {
        Place::Disk => (bucket, disk, "the folder"),
        Place::S3 => (disk, bucket, "the bucket"),
    };
    let (mut copied, mut known, mut bytes) = (0_u64, 0_u64, 0_u64);
    transfer(&from, &to, |step, size| match step {
        Step::Copied => {
            copied += 1;
            bytes += size;
            if copied.is_multiple_of(100) {
                println!("{copied} files, {} MB …", bytes / 1_000_000);
            }
        }
        Step::Known => known += 1,
        Step::Gone => {}
    })
    .await?;
    println!(
        "{copied} files ({} MB) were brought to {place}; {known} were there already. Nothing was removed.",
        bytes.div_ceil(1_000_000)
    );
    Ok(())
}
