//! The files that the house rules are read from.

use std::fs;
use std::path::{Path, PathBuf};

/// One Rust file.
pub struct Source {
    /// Where it stands below `src/`, with `/` between the parts: `domain/statuses/create.rs`.
    pub path: String,
    pub text: String,
}

impl Source {
    /// The module that the file is, from the crate's root: `["domain", "statuses", "create"]`.
    pub fn module(&self) -> Vec<String> {
        let without_end = self.path.trim_end_matches(".rs");
        let mut parts: Vec<String> = without_end.split('/').map(str::to_owned).collect();
        if matches!(parts.last().map(String::as_str), Some("mod" | "lib" | "main")) {
            parts.pop();
        }
        parts
    }

    /// Whether the whole file is tests: `load_tests.rs`, `tests.rs`, or below `tests/` and `testing/`.
    pub fn is_tests(&self) -> bool {
        let floor = self.path.split('/').next().unwrap_or_default();
        matches!(floor, "tests" | "testing") || self.file_name().ends_with("tests.rs")
    }

    /// The file's name: `create.rs`.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// The folder of the application crate.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files of the application, its tests included.
pub fn application() -> Vec<Source> {
    below(&root().join("src"))
}

/// All files of the member `federation-tests`, as `federation-tests/…`.
pub fn federation_tests() -> Vec<Source> {
    let mut sources = below(&root().join("federation-tests"));
    for source in &mut sources {
        source.path = format!("federation-tests/{}", source.path);
    }
    sources
}

/// A document at the top of the tree.
pub fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name} cannot be read: {error}"))
}

fn below(top: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let below_top = path.strip_prefix(top).unwrap().to_string_lossy().replace('\\', "/");
                sources.push(Source { path: below_top, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    sources.sort_by(|left, right| left.path.cmp(&right.path));
    sources
}

#[test]
fn a_path_becomes_a_module() {
    let module = |path: &str| Source { path: path.to_owned(), text: String::new() }.module().join("::");

    assert_eq!(module("domain/statuses/create.rs"), "domain::statuses::create");
    assert_eq!(module("domain/statuses/mod.rs"), "domain::statuses");
    assert_eq!(module("lib.rs"), "");
}
