//! `breezeway check`, and what happens where the configuration is broken.

use std::fs;

use super::Place;

#[test]
fn the_configuration_in_force_is_shown_without_secrets() {
    let place = Place::new();
    fs::write(
        place.path().join("breezeway.toml"),
        "[site]\nname = \"Engineering\"\n[database]\nurl = \"postgres://breezeway:hunter2@localhost/breezeway\"\n",
    )
    .unwrap();

    let shown = place.prints(&["check"]);

    assert!(shown.contains("Engineering"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn a_broken_configuration_stops_the_start_and_names_file_key_and_remedy() {
    let place = Place::new();
    fs::write(place.path().join("breezeway.toml"), "[limits]\nattachments = 0\n").unwrap();

    let output = place.run(&["serve"]);

    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    for part in ["breezeway.toml", "limits.attachments", "between 1 and 32"] {
        assert!(said.contains(part), "{part} is not in: {said}");
    }
    assert!(!place.path().join("data").exists(), "nothing was made");
}

#[test]
fn a_misspelt_key_stops_the_start() {
    let place = Place::new();
    fs::write(place.path().join("breezeway.toml"), "[site]\nnmae = \"Engineering\"\n").unwrap();

    let output = place.run(&["serve"]);

    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(said.contains("nmae") && said.contains("breezeway.toml"), "{said}");
}
