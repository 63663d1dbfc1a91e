//! Golden files: the documentation of what we send is what a test wrote.

use std::path::Path;

use serde_json::Value;

/// Compares `document` with `docs/federation/<name>.json`. With `UPDATE_GOLDEN` in the environment it is written
/// instead. `replaced` are pairs of what differs from run to run and what stands in the file.
///
/// # Panics
/// If they differ.
pub fn golden(name: &str, document: &Value, replaced: &[(&str, &str)]) {
    let mut text = serde_json::to_string_pretty(document).expect("JSON can be written") + "\n";
    for (from, to) in replaced {
        text = text.replace(from, to);
    }
    golden_text(&format!("docs/federation/{name}.json"), &text);
}

/// Compares `text` with the file at `path`, from the top of the tree. With `UPDATE_GOLDEN` in the environment it is
/// written instead.
///
/// # Panics
/// If they differ.
pub fn golden_text(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    #[expect(clippy::disallowed_methods, reason = "the one switch of the golden files")]
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).expect("the golden file can be written");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == text,
        "{name} differs from what is sent. If that is right, run the tests with \
         UPDATE_GOLDEN=1 and read the difference.\n--- kept\n{kept}\n--- sent\n{text}"
    );
}
