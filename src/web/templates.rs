//! The template engine: strict, escaping, embedded.
//!
//! A name that a template uses and a view does not have is an error, not an empty place; a test renders every
//! template with every sample of its view.

use std::sync::Arc;

use fluent_bundle::FluentValue;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Kwargs;
use minijinja::value::Serde;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, UndefinedBehavior, Value, context, escape_formatter,
};
use rust_embed::RustEmbed;
use serde::Serialize;

use super::assets::Assets;
use super::views::Shell;
use crate::base::words::{Language, Piece, Words};
use crate::base::{self, Result};

#[derive(RustEmbed)]
#[folder = "src/web/templates"]
struct Files;

/// What a template shows.
pub trait View: Serialize {
    /// The template's name, as in `pages/home.html`.
    const TEMPLATE: &'static str;
}

/// All templates, once for each language: what they say is decided when they are compiled.
pub struct Templates(Vec<Environment<'static>>);

impl Templates {
    /// Compiles nothing yet: a template is compiled when it is first used in a language. Debug builds read it from
    /// disk at their start.
    pub fn new(assets: &Arc<Assets>, words: &Words) -> Self {
        Self(Language::ALL.into_iter().map(|language| environment(assets, words, language)).collect())
    }

    /// The page as HTML, in the language of its shell.
    ///
    /// # Errors
    /// [`base::Error::Internal`] if template and view do not fit.
    pub fn render<V: View>(&self, shell: &Shell, page: &V) -> Result<String> {
        self.0[shell.language as usize]
            .get_template(V::TEMPLATE)
            .and_then(|template| template.render(context! { shell => Serde(shell), page => Serde(page) }))
            .map_err(base::Error::internal)
    }
}

fn environment(assets: &Arc<Assets>, words: &Words, language: Language) -> Environment<'static> {
    let mut env = Environment::new();
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        env.set_syntax(syntax);
    }
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => write_escaped(out, text),
        _ => escape_formatter(out, state, value),
    });
    env.set_loader(|name| Ok(Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned())));
    add_assets(&mut env, assets);
    add_words(&mut env, words, language);
    env
}

/// `icon("house")`, with `turns` for one that points along the line; `asset("app.css")`.
fn add_assets(env: &mut Environment<'static>, assets: &Arc<Assets>) {
    let icons = assets.url("icons.svg").unwrap_or_default().to_owned();
    env.add_function("icon", move |name: &str, more: Option<&str>| {
        let (space, more) = if more.is_some() { (" ", more.unwrap_or_default()) } else { ("", "") };
        Value::from_safe_string(format!(
            r#"<svg class="icon{space}{more}" aria-hidden="true"><use href="{icons}#{name}"></use></svg>"#
        ))
    });
    let assets = Arc::clone(assets);
    env.add_function("asset", move |name: &str| {
        assets
            .url(name)
            .map(str::to_owned)
            .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("there is no asset {name}")))
    });
}

/// `t("key", n=3)` says a message as text, `th("key", who=link)` as HTML in which safe values stay markup.
fn add_words(env: &mut Environment<'static>, words: &Words, language: Language) {
    let unknown = |key: &str| Error::new(ErrorKind::InvalidOperation, format!("nobody says {key}"));
    let said = words.clone();
    env.add_function("t", move |key: &str, told: Kwargs| -> std::result::Result<String, Error> {
        let names: Vec<String> = told.args().map(str::to_owned).collect();
        let mut args = Vec::with_capacity(names.len());
        for name in &names {
            args.push((name.as_str(), fluent(&told.get::<Value>(name)?)));
        }
        said.find(language, key, &args).ok_or_else(|| unknown(key))
    });
    let said = words.clone();
    env.add_function("th", move |key: &str, told: Kwargs| -> std::result::Result<Value, Error> {
        let names: Vec<String> = told.args().map(str::to_owned).collect();
        let mut values = Vec::with_capacity(names.len());
        for name in &names {
            let value = told.get::<Value>(name)?;
            values.push((value.as_i64(), value.is_safe(), value.to_string()));
        }
        let pieces: Vec<(&str, Piece<'_>)> = names
            .iter()
            .zip(&values)
            .map(|(name, (number, safe, text))| match (number, safe) {
                (Some(number), _) => (name.as_str(), Piece::Number(*number)),
                (None, true) => (name.as_str(), Piece::Markup(text)),
                (None, false) => (name.as_str(), Piece::Text(text)),
            })
            .collect();
        said.find_html(language, key, &pieces).map(Value::from_safe_string).ok_or_else(|| unknown(key))
    });
}

fn fluent(value: &Value) -> FluentValue<'static> {
    match value.as_i64() {
        Some(number) => FluentValue::from(number),
        None => FluentValue::from(value.to_string()),
    }
}

/// Escapes what HTML gives a meaning, and leaves the slashes of addresses alone.
pub(super) fn write_escaped(out: &mut Output<'_>, text: &str) -> std::result::Result<(), Error> {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, special) = rest.split_at(at);
        let entity = match special.as_bytes()[0] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        };
        out.write_str(before)?;
        out.write_str(entity)?;
        rest = &special[1..];
    }
    Ok(out.write_str(rest)?)
}
