//! The shape of a file: its first lines, its length, the length of its functions.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::sources::Source;

/// The wall for a file; a page or three is the aim.
const FILE_LINES: usize = 500;
/// The wall for a function; nine in ten should fit 40.
const FUNCTION_LINES: usize = 80;

/// What may be longer: `(path, function or "" for the file, reason)`.
const ALLOWANCES: &[(&str, &str, &str)] = &[];

/// A file that does not begin with `//!`.
pub fn complaints_about_heads(source: &Source) -> Vec<String> {
    let head = source.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let said = head.strip_prefix("//!").is_some_and(|words| words.trim().len() > 3);
    if said { Vec::new() } else { vec![format!("{}: begins without `//!` and what it is for", source.path)] }
}

/// A file or function beyond the wall, unless it has an allowance.
pub fn complaints_about_size(source: &Source) -> Vec<String> {
    beyond_the_wall(source)
        .into_iter()
        .filter(|long| !ALLOWANCES.iter().any(|(path, name, _)| *path == source.path && *name == long.name))
        .map(|long| match long.name.as_str() {
            "" => format!("{}: {} lines, the wall is {FILE_LINES}", source.path, long.lines),
            name => {
                format!("{}: `{name}` has {} lines, the wall is {FUNCTION_LINES}", source.path, long.lines)
            }
        })
        .collect()
}

/// An allowance that nothing needs any more.
pub fn complaints_about_stale_allowances(all: &[Source]) -> Vec<String> {
    ALLOWANCES
        .iter()
        .filter(|(path, name, reason)| {
            let needed = all
                .iter()
                .filter(|source| source.path == *path)
                .any(|source| beyond_the_wall(source).iter().any(|long| long.name == *name));
            !needed || reason.is_empty()
        })
        .map(|(path, name, _)| {
            format!("{path} `{name}` has an allowance that it does not need, or no reason")
        })
        .collect()
}

/// Something too long; the whole file has the empty name.
struct Long {
    name: String,
    lines: usize,
}

fn beyond_the_wall(source: &Source) -> Vec<Long> {
    let mut long = Vec::new();
    let lines = source.text.lines().count();
    if lines > FILE_LINES {
        long.push(Long { name: String::new(), lines });
    }
    let file =
        syn::parse_file(&source.text).unwrap_or_else(|error| panic!("{} is not Rust: {error}", source.path));
    let mut functions = Functions(Vec::new());
    functions.visit_file(&file);
    long.extend(functions.0.into_iter().filter(|function| function.lines > FUNCTION_LINES));
    long
}

/// Collects the length of every function, from its signature to its closing brace.
struct Functions(Vec<Long>);

impl Functions {
    fn note(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let lines = block.span().end().line + 1 - signature.span().start().line;
        self.0.push(Long { name: signature.ident.to_string(), lines });
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.note(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.note(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.note(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[cfg(test)]
mod self_tests {
    use super::*;

    fn source(text: String) -> Source {
        Source { path: "base/id.rs".to_owned(), text }
    }

    #[test]
    fn a_silent_module_is_noticed() {
        assert_eq!(complaints_about_heads(&source("use std::fmt;\n".to_owned())).len(), 1);
        assert_eq!(complaints_about_heads(&source("//!\n".to_owned())).len(), 1);
        assert!(complaints_about_heads(&source("//! Numbers that name things.\n".to_owned())).is_empty());
    }

    #[test]
    fn a_long_file_is_noticed() {
        assert_eq!(complaints_about_size(&source("// a line\n".repeat(501))).len(), 1);
        assert!(complaints_about_size(&source("// a line\n".repeat(500))).is_empty());
    }

    #[test]
    fn a_long_function_is_noticed_in_an_impl_too() {
        let function =
            |lines: usize| format!("impl Id {{ fn long() {{\n{}}} }}", "call();\n".repeat(lines - 2));

        assert_eq!(complaints_about_size(&source(function(82))).len(), 1);
        assert!(complaints_about_size(&source(function(80))).is_empty());
    }
}
