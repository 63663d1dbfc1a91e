//! The template engine: strict, escaping, embedded.
//!
//! A name that a template uses and a view does not have is an error, not an empty place; a test renders every
//! template with every sample of its view.

use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, UndefinedBehavior, Value, context, escape_formatter,
};
use rust_embed::RustEmbed;
use serde::Serialize;

use super::assets::Assets;
use super::views::Shell;
use crate::base::{self, Result};

#[derive(RustEmbed)]
#[folder = "src/web/templates"]
struct Files;

/// What a template shows.
pub trait View: Serialize {
    /// The template's name, as in `pages/home.html`.
    const TEMPLATE: &'static str;
}

/// All templates.
pub struct Templates(Environment<'static>);

impl Templates {
    /// Compiles nothing yet: a template is compiled when it is first used. Debug builds read it from disk each time.
    pub fn new(assets: Arc<Assets>) -> Self {
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
        env.set_auto_reload(cfg!(debug_assertions));
        env.set_loader(|name| {
            Ok(Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned()))
        });

        let icons = assets.url("icons.svg").unwrap_or_default().to_owned();
        env.add_function("icon", move |name: &str| {
            Value::from_safe_string(format!(
                r#"<svg class="icon" aria-hidden="true"><use href="{icons}#{name}"></use></svg>"#
            ))
        });
        env.add_function("asset", move |name: &str| {
            assets
                .url(name)
                .map(str::to_owned)
                .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("there is no asset {name}")))
        });
        Self(env)
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// [`base::Error::Internal`] if template and view do not fit.
    pub fn render<V: View>(&self, shell: &Shell, page: &V) -> Result<String> {
        self.0
            .get_template(V::TEMPLATE)
            .and_then(|template| template.render(context! { shell => Serde(shell), page => Serde(page) }))
            .map_err(base::Error::internal)
    }
}

/// Escapes what HTML gives a meaning, and leaves the slashes of addresses alone.
fn write_escaped(out: &mut Output<'_>, text: &str) -> std::result::Result<(), Error> {
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
