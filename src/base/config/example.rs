//! `config/example.toml`: every key with its documentation and default, made from the declarations.
//!
//! Written anew by `cargo test --lib write_the_example -- --ignored`.

use std::fmt::Write;

use super::section::{Section, SectionInfo};
use super::{Config, Database, Federation, Limits, Log, Mail, Media, MediaS3, Push, Server, Site};

const HEAD: &str = "\
# The configuration of a Breezeway site. Copy this file, and take the # away from what you change.
# Every key has its default. Environment variables win over the file: BREEZEWAY_SITE__NAME=Engineering.
# `breezeway check` shows what is in force, and where it comes from.
";

impl Config {
    /// The text of `config/example.toml`.
    pub fn example() -> String {
        let sections = [
            Site::default().info(),
            Server::default().info(),
            Database::default().info(),
            Federation::default().info(),
            Limits::default().info(),
            Media::default().info(),
            MediaS3::default().info(),
            Mail::default().info(),
            Push::default().info(),
            Log::default().info(),
        ];
        let mut text = HEAD.to_owned();
        for section in &sections {
            write_section(&mut text, section).expect("invariant: writing to a string cannot fail");
        }
        text
    }
}

fn write_section(text: &mut String, section: &SectionInfo) -> std::fmt::Result {
    writeln!(text)?;
    for line in section.doc {
        writeln!(text, "#{line}")?;
    }
    writeln!(text, "[{}]", section.name)?;
    for key in section.keys {
        writeln!(text)?;
        for line in key.doc {
            writeln!(text, "#{line}")?;
        }
        match (key.example, section.values.get(key.name)) {
            (Some(example), _) => writeln!(text, "#{} = {example}", key.name)?,
            (None, Some(value)) => writeln!(text, "#{} = {value}", key.name)?,
            (None, None) => writeln!(text, "#{} =", key.name)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/config/example.toml");

    #[test]
    #[ignore = "writes the file; a command, not a test"]
    fn write_the_example() {
        std::fs::write(PATH, Config::example()).expect("config/example.toml can be written");
    }

    #[test]
    fn the_example_in_the_tree_is_current() {
        let committed = std::fs::read_to_string(PATH).unwrap_or_default();

        assert!(
            committed == Config::example(),
            "config/example.toml is out of date; run `cargo test --lib write_the_example -- --ignored`"
        );
    }

    #[test]
    fn the_example_with_all_its_keys_is_a_valid_configuration() {
        let uncommented: String = Config::example()
            .lines()
            .map(|line| {
                line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line).to_owned() + "\n"
            })
            .collect();
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("breezeway.toml");
        std::fs::write(&path, uncommented).expect("a file");

        let config = Config::load(Some(&path), []).expect("valid");

        assert_eq!(config.site.origin(), "https://eng.example.org");
        assert!(config.report().settings.iter().all(|setting| setting.source != "default"));
    }
}
