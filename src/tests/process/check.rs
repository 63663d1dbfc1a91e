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

#[test]
fn a_value_that_cannot_be_read_is_answered_with_an_example() {
    for (variable, value, example) in [
        ("SERVER__LISTEN", "localhost:4000", "listen = \"127.0.0.1:4000\""),
        ("SITE__URL", "eng.example.org", "url = \"https://eng.example.org\""),
        ("FEDERATION__ALLOWED_NETWORKS", "10.0.0.1/99", "allowed_networks = [\"10.0.0.0/8\"]"),
        ("FEDERATION__RETRY_FIRST_DELAY", "5", "retry_first_delay = \"5s\""),
        ("FEDERATION__PROXY", "proxy.example.org:3128", "\"http://proxy.example.org:3128\""),
        ("FEDERATION__NO_PROXY", "http://eng.example.org", "[\"eng.example.org\", \"10.0.0.0/8\"]"),
        ("DATABASE__CONNECTIONS", "many", "connections = 8"),
    ] {
        let place = Place::new();

        let output = place.command(&["serve"]).env(format!("BREEZEWAY_{variable}"), value).output().unwrap();

        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(example), "{variable}={value}: {said}");
    }
}

#[test]
fn an_unreachable_postgresql_is_said_to_be_just_that() {
    let place = Place::new();
    let url = "postgres://breezeway:hunter2@127.0.0.1:1/breezeway";

    let output = place.command(&["serve"]).env("BREEZEWAY_DATABASE__URL", url).output().unwrap();

    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(said.contains("nothing answers there") && said.contains("refused"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}
