//! Reads the layers and puts them together.

use std::collections::BTreeMap;
use std::path::Path;

use figment::error::Kind;
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};
use serde::Deserialize;
use toml::Table;

use super::problem::{ConfigError, Problem};
use super::{
    Config, Database, Federation, Limits, Log, Mail, Media, MediaS3, Push, Server, Site, loopback_networks,
    loopback_url,
};

const PREFIX: &str = "BREEZEWAY_";

/// The file and the variables as they are written, before anything is derived.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    site: Site,
    #[serde(default)]
    server: Server,
    #[serde(default)]
    database: Database,
    #[serde(default)]
    federation: Federation,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    media: Media,
    #[serde(default)]
    media_s3: MediaS3,
    #[serde(default)]
    mail: Mail,
    #[serde(default)]
    push: Push,
    #[serde(default)]
    log: Log,
}

impl Config {
    /// Defaults, then the file at `path`, then those of the variables `env` that begin with
    /// `BREEZEWAY_` and name a section and a key.
    ///
    /// # Errors
    /// Everything that is wrong, with file and line or variable, key and remedy.
    pub fn load(
        path: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let file = path.map(File::read).transpose().map_err(one)?;
        let variables = Variable::select(env);

        let mut figment = Figment::new();
        if let Some(file) = &file {
            figment = figment.merge(Layer::from_table("file", &file.table));
        }
        for variable in &variables {
            figment = figment.merge(variable.layer());
        }
        let written: Written = figment.extract().map_err(|errors| told(errors, file.as_ref(), &variables))?;

        let config = complete(Self {
            site: written.site,
            server: written.server,
            database: written.database,
            federation: written.federation,
            limits: written.limits,
            media: written.media,
            media_s3: written.media_s3,
            mail: written.mail,
            push: written.push,
            log: written.log,
            sources: sources(file.as_ref(), &variables),
        });
        let problems: Vec<Problem> = config
            .validate()
            .into_iter()
            .map(|(key, message)| Problem { place: config.sources.get(&key).cloned(), key, message })
            .collect();
        if problems.is_empty() { Ok(config) } else { Err(ConfigError { problems }) }
    }
}

/// Fills in what follows from other keys: a site without an address is at home on loopback.
pub(super) fn complete(mut config: Config) -> Config {
    if config.sources.contains_key("site.url") {
        return config;
    }
    config.site.url = loopback_url(config.server.listen);
    let listens_on_loopback = config.server.listen.ip().is_loopback();
    if listens_on_loopback && !config.sources.contains_key("federation.insecure_networks") {
        config.federation.insecure_networks = loopback_networks();
    }
    config
}

/// A figment provider that is a plain table with a name.
struct Layer {
    name: String,
    dict: Dict,
}

impl Layer {
    fn from_table(name: &str, table: &Table) -> Self {
        let dict = Value::serialize(table).ok().and_then(Value::into_dict).unwrap_or_default();
        Self { name: name.to_owned(), dict }
    }
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.dict.clone()))
    }
}

struct File {
    name: String,
    text: String,
    table: Table,
}

impl File {
    fn read(path: &Path) -> Result<Self, Problem> {
        let name = path.display().to_string();
        let problem =
            |place: String, message: String| Problem { place: Some(place), key: String::new(), message };
        let text = std::fs::read_to_string(path).map_err(|error| {
            problem(name.clone(), format!("cannot be read: {error}; check the path given with --config"))
        })?;
        let table = text.parse::<Table>().map_err(|error| {
            let line = error.span().map_or(1, |span| line_at(&text, span.start));
            problem(
                format!("{name}:{line}"),
                format!("not valid TOML: {}", error.message().replace('\n', "; ")),
            )
        })?;
        Ok(Self { name, text, table })
    }

    /// `file:line` of a key, or of its section, or the file alone.
    fn place(&self, key: &str) -> String {
        match line_of(&self.text, key) {
            Some(line) => format!("{}:{line}", self.name),
            None => self.name.clone(),
        }
    }
}

fn line_at(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

/// The line on which `section.key` is set, as far as a look at the lines can tell.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let (section, name) = key.split_once('.').unwrap_or((key, ""));
    let mut current = "";
    let mut header = None;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix('[') {
            current = rest.split(']').next().unwrap_or_default().trim();
            if current == section {
                header = Some(index + 1);
            }
            continue;
        }
        let Some((left, _)) = line.split_once('=') else { continue };
        let left = left.trim();
        if (current == section && left == name) || (current.is_empty() && (left == key || left == section)) {
            return Some(index + 1);
        }
    }
    header
}

/// An environment variable that sets a key.
struct Variable {
    name: String,
    section: String,
    key: String,
    value: String,
}

impl Variable {
    fn select(env: impl IntoIterator<Item = (String, String)>) -> Vec<Self> {
        let select = |(name, value): (String, String)| {
            let (section, key) = name.strip_prefix(PREFIX)?.split_once("__")?;
            let (section, key) = (section.to_lowercase(), key.to_lowercase());
            Some(Self { name, section, key, value })
        };
        env.into_iter().filter_map(select).collect()
    }

    /// A key that holds text takes the variable as it is; the others read it as TOML would,
    /// and lists may also be separated by commas.
    fn layer(&self) -> Layer {
        let default = Config::default()
            .sections()
            .into_iter()
            .find(|section| section.name == self.section)
            .and_then(|section| section.values.get(&self.key).cloned());
        let value = match default {
            Some(toml::Value::Array(_)) if !self.value.trim_start().starts_with('[') => {
                Value::from(self.value.split(',').map(|item| item.trim().to_owned()).collect::<Vec<_>>())
            }
            Some(toml::Value::Integer(_) | toml::Value::Boolean(_) | toml::Value::Array(_)) => {
                self.value.parse().unwrap_or_else(|_| Value::from(self.value.clone()))
            }
            _ => Value::from(self.value.clone()),
        };
        let section = Dict::from([(self.key.clone(), value)]);
        Layer { name: self.name.clone(), dict: Dict::from([(self.section.clone(), section.into())]) }
    }

    fn path(&self) -> String {
        format!("{}.{}", self.section, self.key)
    }
}

fn sources(file: Option<&File>, variables: &[Variable]) -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    if let Some(file) = file {
        for (section, keys) in &file.table {
            for key in keys.as_table().into_iter().flat_map(Table::keys) {
                let path = format!("{section}.{key}");
                sources.insert(path.clone(), file.place(&path));
            }
        }
    }
    for variable in variables {
        sources.insert(variable.path(), variable.name.clone());
    }
    sources
}

fn one(problem: Problem) -> ConfigError {
    ConfigError { problems: vec![problem] }
}

fn told(errors: figment::Error, file: Option<&File>, variables: &[Variable]) -> ConfigError {
    let problems = errors.into_iter().map(|error| tell(&error, file, variables)).collect();
    ConfigError { problems }
}

fn tell(error: &figment::Error, file: Option<&File>, variables: &[Variable]) -> Problem {
    let mut path = error.path.clone();
    if let Kind::UnknownField(field, _) = &error.kind
        && path.last() != Some(field)
    {
        path.push(field.clone());
    }
    // Positions inside lists (`federation.allowed_networks.0`) are of no help.
    path.truncate(2);
    let key = path.join(".");
    let variable = variables.iter().find(|variable| variable.path() == key);
    let place = match variable {
        Some(variable) => Some(variable.name.clone()),
        None => file.map(|file| file.place(&key)),
    };
    let mut message = message(&error.kind);
    let says_how = ["use ", "write ", "remove it"].iter().any(|word| message.contains(word));
    if !says_how && let Some(example) = example_of(&key) {
        message = format!("{message}; write it as in {example}");
    }
    Problem { place, key, message }
}

/// The line of the example file for `section.key`: its example, or its default.
fn example_of(path: &str) -> Option<String> {
    let (section, name) = path.split_once('.')?;
    let sections = Config::default().sections();
    let section = sections.iter().find(|found| found.name == section)?;
    let key = section.keys.iter().find(|key| key.name == name)?;
    let value = match key.example {
        Some(example) => example.to_owned(),
        None => section.values.get(name)?.to_string(),
    };
    Some(format!("{name} = {value}"))
}

fn message(kind: &Kind) -> String {
    let quoted =
        |names: &[&str]| names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(" or ");
    match kind {
        Kind::UnknownVariant(value, names) => format!("unknown value {value:?}; use {}", quoted(names)),
        Kind::UnknownField(_, []) => "unknown key; remove it".to_owned(),
        Kind::UnknownField(_, names) => {
            format!("unknown key; remove it, or use one of: {}", names.join(", "))
        }
        Kind::InvalidType(found, expected) | Kind::InvalidValue(found, expected) => {
            format!("wrong value: found {found}, expected {expected}")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
