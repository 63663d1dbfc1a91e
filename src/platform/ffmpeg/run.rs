//! Runs ffmpeg and its sister: without our surroundings, with low priority, and never for longer than its caller
//! waits.

use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

use super::Tools;
use crate::base::{Error, Result};

/// Of what a program says that many bytes are read; the rest is passed over.
const HEARD: usize = 64 << 10;

/// What a program did.
#[derive(Debug)]
pub(super) struct Done {
    /// It ended well.
    pub well: bool,
    /// What it printed.
    pub output: Vec<u8>,
    /// What it complained about.
    pub complaint: String,
}

/// Runs `program` in `folder`. It ends when the future is dropped.
pub(super) async fn run(tools: &Tools, program: &Path, folder: &Path, words: &[&str]) -> Result<Done> {
    let mut command = match &tools.nice {
        Some(nice) => {
            let mut command = Command::new(nice);
            command.args(["-n", "15"]).arg(program);
            command
        }
        None => Command::new(program),
    };
    command
        .args(words)
        .current_dir(folder)
        // Our surroundings hold secrets.
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let mut child = command.spawn().map_err(Error::internal)?;
    let (output, complaint) = (child.stdout.take(), child.stderr.take());
    let (output, complaint, status) = tokio::join!(heard(output), heard(complaint), child.wait());
    Ok(Done {
        well: status.map_err(Error::internal)?.success(),
        output,
        complaint: String::from_utf8_lossy(&complaint).trim().to_owned(),
    })
}

async fn heard(said: Option<impl AsyncRead + Unpin>) -> Vec<u8> {
    let mut kept = Vec::new();
    let Some(mut said) = said else { return kept };
    let mut piece = vec![0; 8 << 10];
    while let Ok(count @ 1..) = said.read(&mut piece).await {
        let room = HEARD - kept.len();
        kept.extend_from_slice(&piece[..count.min(room)]);
    }
    kept
}
