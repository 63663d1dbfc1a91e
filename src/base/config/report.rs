//! The configuration in force, with the place each value comes from and without secrets.

use std::fmt;

use super::Config;

/// What `breezeway check` prints.
#[derive(Clone, Debug)]
pub struct Report {
    pub settings: Vec<Setting>,
}

/// A key with its value in force.
#[derive(Clone, Debug)]
pub struct Setting {
    /// `section.key`
    pub key: String,
    /// As TOML; secrets are hidden.
    pub value: String,
    /// `file:line`, the environment variable, or `default`.
    pub source: String,
}

impl Config {
    /// The configuration in force. Passwords do not appear in it.
    pub fn report(&self) -> Report {
        let mut settings = Vec::new();
        for section in self.sections() {
            for key in section.keys {
                let path = format!("{}.{}", section.name, key.name);
                let value = section.values.get(key.name).map_or("(not set)".to_owned(), ToString::to_string);
                let source = self.sources.get(&path).cloned().unwrap_or_else(|| "default".to_owned());
                settings.push(Setting { key: path, value, source });
            }
        }
        Report { settings }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for setting in &self.settings {
            writeln!(f, "{} = {}  ({})", setting.key, setting.value, setting.source)?;
        }
        Ok(())
    }
}
