//! `[database]`: SQLite in the data folder, or PostgreSQL by URL.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;

use super::problem::Problems;
use super::section::section;
use crate::base::secret::{HIDDEN, Secret};

section! {
    /// The database.
    pub struct Database in "database" {
        /// "postgres://user:password@host/name" or "sqlite:some/file.sqlite3". Without it, SQLite in
        /// the file breezeway.sqlite3 in the data folder.
        pub url: Option<DatabaseUrl> = None, example r#""postgres://breezeway:password@localhost/breezeway""#;
        /// How many connections read at the same time (SQLite) or are open in all (PostgreSQL).
        pub connections: u32 = 8;
        /// SQLite: flush every change to the disk before it is answered. Then a power cut takes nothing that
        /// was answered; each change waits for the disk, 0.1 to 10 ms. Without it a power cut can take
        /// the last half minute; a crash or kill of the program takes nothing either way.
        pub flush_each_change: bool = false;
    }
}

/// Where the rows are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseTarget {
    Sqlite(PathBuf),
    Postgres(Secret<String>),
}

impl Database {
    /// The database in force; `data_dir` is where SQLite lives when nothing else is said.
    pub fn target(&self, data_dir: &Path) -> DatabaseTarget {
        let Some(url) = &self.url else {
            return DatabaseTarget::Sqlite(data_dir.join("breezeway.sqlite3"));
        };
        let text = url.0.expose();
        match text.strip_prefix("sqlite:") {
            Some(path) => DatabaseTarget::Sqlite(path.strip_prefix("//").unwrap_or(path).into()),
            None => DatabaseTarget::Postgres(url.0.clone()),
        }
    }

    pub(super) fn validate(&self, problems: &mut Problems) {
        problems.require(
            (1..=1000).contains(&self.connections),
            "database.connections",
            "must be between 1 and 1000",
        );
    }
}

/// The URL of a database. It may hold a password, which is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(Secret<String>);

impl DatabaseUrl {
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl std::str::FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const REMEDY: &str = "write \"postgres://user:password@host/name\" or \"sqlite:some/file.sqlite3\"";
        match text.split_once(':') {
            Some(("sqlite", path)) if !path.trim_start_matches('/').is_empty() => {}
            Some(("postgres" | "postgresql", _)) if Url::parse(text).is_ok() => {}
            // The text is not repeated: it may hold a password.
            _ => return Err(format!("is not the address of a database; {REMEDY}")),
        }
        Ok(Self(Secret::new(text.to_owned())))
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.expose();
        if text.starts_with("sqlite:") {
            return f.write_str(text);
        }
        let Ok(mut url) = Url::parse(text) else {
            return f.write_str(HIDDEN);
        };
        // Both can be refused only for URLs that cannot have them.
        if url.password().is_some() && url.set_password(Some("hidden")).is_err() {
            return f.write_str(HIDDEN);
        }
        if url.query().is_some() {
            // libpq also takes `?password=…`.
            url.set_query(Some("hidden"));
        }
        f.write_str(url.as_str())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for DatabaseUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DatabaseUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
