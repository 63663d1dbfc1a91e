//! Every path that a file names, from imports, expressions, types and macro calls alike.
//!
//! Read from tokens and not from the syntax tree, because a path inside `format!(…)` or
//! `tokio::select!` is as much an import as one in a `use`.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::sources::Source;

/// A path from the crate's root (`crate::domain::statuses`) or into another crate (`axum::Router`).
#[derive(Debug, PartialEq)]
pub struct Named {
    pub parts: Vec<String>,
    pub line: usize,
    /// Whether it stands in an inline `mod tests` or in a file of tests.
    pub in_tests: bool,
}

impl Named {
    /// The part after `crate` at `index`, if the path starts there.
    pub fn own(&self, index: usize) -> Option<&str> {
        let first = self.parts.first()?;
        (first == "crate").then(|| self.parts.get(index + 1).map(String::as_str)).flatten()
    }
}

/// All paths that `source` names. `self::` and `super::` are resolved.
pub fn named(source: &Source) -> Vec<Named> {
    let tokens: TokenStream =
        source.text.parse().unwrap_or_else(|error| panic!("{} is not Rust: {error}", source.path));
    let mut reader = Reader { found: Vec::new(), module: source.module(), in_tests: source.is_tests() };
    reader.read(tokens);
    reader.found
}

struct Reader {
    found: Vec<Named>,
    module: Vec<String>,
    in_tests: bool,
}

impl Reader {
    fn read(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Ident(word) if word == "mod" && is_brace(tokens.get(at + 2)) => {
                    self.read_inline_module(&tokens, at);
                    at + 3
                }
                TokenTree::Ident(_) => self.read_path(&tokens, at, &[]),
                TokenTree::Group(group) => {
                    self.read(group.stream());
                    at + 1
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => at + 1,
            };
        }
    }

    fn read_inline_module(&mut self, tokens: &[TokenTree], at: usize) {
        let name = tokens[at + 1].to_string();
        let was_in_tests = self.in_tests;
        self.in_tests |= name == "tests";
        self.module.push(name);
        if let Some(TokenTree::Group(group)) = tokens.get(at + 2) {
            self.read(group.stream());
        }
        self.module.pop();
        self.in_tests = was_in_tests;
    }

    /// Reads `a::b::c` or `a::{b, c}` from `at`; answers where to go on.
    fn read_path(&mut self, tokens: &[TokenTree], at: usize, prefix: &[String]) -> usize {
        let line = tokens[at].span().start().line;
        let mut parts = prefix.to_vec();
        parts.push(tokens[at].to_string());
        let mut next = at + 1;
        while is_double_colon(tokens, next) {
            match tokens.get(next + 2) {
                Some(TokenTree::Ident(word)) => {
                    parts.push(word.to_string());
                    next += 3;
                }
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    self.read_tree(group.stream(), &parts);
                    return next + 3;
                }
                _ => break,
            }
        }
        self.note(parts, line);
        next
    }

    /// The inside of `use a::{…}`.
    fn read_tree(&mut self, tokens: TokenStream, prefix: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Ident(word) if word == "as" => at + 2,
                TokenTree::Ident(_) => self.read_path(&tokens, at, prefix),
                _ => at + 1,
            };
        }
    }

    fn note(&mut self, parts: Vec<String>, line: usize) {
        let parts = match parts[0].as_str() {
            "crate" | "breezeway" => rooted(parts[1..].to_vec()),
            "self" if parts.len() > 1 => rooted([&self.module, &parts[1..]].concat()),
            "super" => {
                let ups = parts.iter().take_while(|part| *part == "super").count();
                let kept = self.module.len().saturating_sub(ups);
                rooted([&self.module[..kept], &parts[ups..]].concat())
            }
            _ => parts,
        };
        self.found.push(Named { parts, line, in_tests: self.in_tests });
    }
}

fn rooted(parts: Vec<String>) -> Vec<String> {
    let mut rooted = vec!["crate".to_owned()];
    rooted.extend(parts.into_iter().filter(|part| part != "self"));
    rooted
}

fn is_brace(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
}

fn is_double_colon(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |token: Option<&TokenTree>, joint: bool| {
        matches!(token, Some(TokenTree::Punct(punct))
            if punct.as_char() == ':' && (!joint || punct.spacing() == Spacing::Joint))
    };
    colon(tokens.get(at), true) && colon(tokens.get(at + 1), false)
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let text = r#"
        use crate::{base::id::StatusId, domain::{self, statuses}};
        use axum::Router as Web;
        fn f() { format!("{}", super::store::get()); }
        mod tests { use super::super::follows; }
    "#;
    let source = Source { path: "domain/statuses/create.rs".to_owned(), text: text.to_owned() };

    let found: Vec<String> = named(&source).into_iter().map(|named| named.parts.join("::")).collect();

    for expected in [
        "crate::base::id::StatusId",
        "crate::domain",
        "crate::domain::statuses",
        "axum::Router",
        "crate::domain::statuses::store::get",
        "crate::domain::statuses::follows",
    ] {
        assert!(found.iter().any(|path| path == expected), "{expected} is not among {found:?}");
    }
}
