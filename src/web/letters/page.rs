//! How a letter looks: one paper for all, as text and as HTML. Nothing in it comes from elsewhere: no picture, no style
//! sheet, nothing that tells the sender that it was read.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context, escape_formatter};
use serde::Serialize;

use crate::base::{Error, Result};
use crate::web::templates::write_escaped;

/// What a letter says.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Page {
    /// As in `en`.
    pub language: &'static str,
    /// As in `ltr`.
    pub direction: &'static str,
    /// Of the site, as #rrggbb.
    pub colour: String,
    /// What the site is called.
    pub site: String,
    /// What stands above.
    pub subject: String,
    /// As in "Hello Ann,".
    pub greeting: String,
    /// What it is about.
    pub lines: Vec<String>,
    /// What to do.
    pub button: Option<Link>,
    /// What happened.
    pub sections: Vec<Section>,
    /// What else to know.
    pub after: Vec<String>,
    /// Why one gets it.
    pub why: String,
    /// How to get no more of the kind.
    pub stop: Option<Link>,
    /// Where to choose.
    pub settings: Option<Link>,
}

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// What it does.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

/// Things that happened.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// What kind of things.
    pub title: String,
    /// A line under the title, where there is only text.
    pub rule: String,
    /// They.
    pub items: Vec<Item>,
    /// That there are more.
    pub more: Option<String>,
}

impl Section {
    /// With a title of its own.
    pub fn new(title: String, items: Vec<Item>, more: Option<String>) -> Self {
        Self { rule: "-".repeat(title.chars().count()), title, items, more }
    }
}

/// Something that happened.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// As in "Bob mentioned you".
    pub what: String,
    /// Of which other site they are.
    pub site: Option<String>,
    /// The beginning of the post.
    pub text: String,
    /// Where it is, at this site.
    pub url: String,
}

/// What letters are written on.
pub struct Paper(Environment<'static>);

impl Default for Paper {
    fn default() -> Self {
        Self::new()
    }
}

impl Paper {
    /// Ready to be written on.
    pub fn new() -> Self {
        let mut env = Environment::new();
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            env.set_syntax(syntax);
        }
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_auto_escape_callback(|name| match name.rsplit_once('.') {
            Some((_, "html")) => AutoEscape::Html,
            _ => AutoEscape::None,
        });
        env.set_formatter(|out, state, value| match value.as_str() {
            Some(text) if *state.auto_escape() == AutoEscape::Html && !value.is_safe() => {
                write_escaped(out, text)
            }
            _ => escape_formatter(out, state, value),
        });
        env.set_loader(|name| {
            Ok(match name {
                "letter.txt" => Some(include_str!("../templates/mail/letter.txt").to_owned()),
                "letter.html" => Some(include_str!("../templates/mail/letter.html").to_owned()),
                _ => None,
            })
        });
        Self(env)
    }

    /// The letter as text and as HTML.
    ///
    /// # Errors
    /// [`Error::Internal`] if a template does not fit.
    pub fn render(&self, page: &Page) -> Result<(String, String)> {
        let render = |name: &str| {
            self.0
                .get_template(name)
                .and_then(|template| template.render(context! { it => Serde(page) }))
                .map_err(Error::internal)
        };
        Ok((render("letter.txt")?, render("letter.html")?))
    }
}

impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Paper")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_wrote_is_text() {
        let page = Page {
            lines: vec!["<script>alert(1)</script>".to_owned()],
            sections: vec![Section::new(
                "New".to_owned(),
                vec![Item {
                    what: "<b>Bob</b> & \"Co\"".to_owned(),
                    site: None,
                    text: "<img src=https://example.org/x.png>".to_owned(),
                    url: "https://eng.example.org/@bob/1".to_owned(),
                }],
                None,
            )],
            ..Page::default()
        };

        let (text, html) = Paper::new().render(&page).expect("a letter");

        assert!(text.contains("<b>Bob</b> & \"Co\""), "{text}");
        for tag in ["<script", "<img", "<b>", "<link", "src="] {
            assert!(
                !html.contains(&format!("{tag}>")) && !html.contains(&format!("{tag} ")),
                "{tag} in {html}"
            );
        }
    }
}
