//! Finds and shows the configuration.

use std::path::Path;

use anyhow::{Context as _, bail};

use crate::base::config::Config;

/// Read when no other file is named.
const DEFAULT_FILE: &str = "breezeway.toml";

/// The configuration: the file that is named, else `breezeway.toml` here, else none; then the environment.
pub fn load(path: Option<&Path>) -> anyhow::Result<Config> {
    if let Some(path) = path
        && !path.exists()
    {
        bail!(
            "there is no configuration file {}; check the path, or leave --config away to run with defaults",
            path.display()
        );
    }
    let found = Path::new(DEFAULT_FILE);
    let path = path.or_else(|| found.exists().then_some(found));
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the environment becomes configuration"
    )]
    let environment = std::env::vars();
    Config::load(path, environment).context("the configuration cannot be used")
}

/// Shows the configuration in force.
pub fn check(path: Option<&Path>) -> anyhow::Result<()> {
    print!("{}", load(path)?.report());
    Ok(())
}
