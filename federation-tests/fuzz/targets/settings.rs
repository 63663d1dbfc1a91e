//! The configuration: a file, and variables after a line of dashes, as in `NAME=value`.
#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use breezeway::base::config::Config;
use libfuzzer_sys::fuzz_target;

static FOLDER: LazyLock<tempfile::TempDir> =
    LazyLock::new(|| tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder"));

fuzz_target!(|text: &str| {
    let (file, variables) = text.split_once("\n---\n").unwrap_or((text, ""));
    let path: PathBuf = FOLDER.path().join("breezeway.toml");
    std::fs::write(&path, file).expect("a file can be written");
    let variables = variables
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (format!("BREEZEWAY_{name}"), value.to_owned()));
    match Config::load(Some(&path), variables) {
        Ok(config) => {
            let _ = format!("{config:?}");
            assert!(!config.server.client_timeout.is_zero());
        }
        Err(problem) => assert!(!problem.to_string().is_empty()),
    }
});
