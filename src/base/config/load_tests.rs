//! What a configuration may say, and what is said about a wrong one.

use std::io::Write;

use super::*;
use crate::base::config::{DatabaseTarget, FederationMode};

fn load(toml: &str, env: &[(&str, &str)]) -> Result<Config, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("breezeway.toml");
    std::fs::File::create(&path).and_then(|mut file| file.write_all(toml.as_bytes())).expect("a file");
    let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::load(Some(&path), env)
        .map_err(|error| error.to_string().replace(&format!("{}/", folder.path().display()), ""))
}

fn refused(toml: &str, env: &[(&str, &str)]) -> String {
    load(toml, env).expect_err("a refusal")
}

#[test]
fn without_anything_the_site_is_at_home_on_loopback() {
    let config = Config::load(None, []).expect("valid");

    assert_eq!(config.site.origin(), "http://127.0.0.1:4000");
    assert_eq!(config.site.authority(), "127.0.0.1:4000");
    assert!(config.federation.is_insecure("127.0.0.9".parse().expect("address")));
    assert_eq!(config.federation.mode, FederationMode::Closed);
    let target = config.database.target(&config.server.data_dir);
    assert_eq!(target, DatabaseTarget::Sqlite("./data/breezeway.sqlite3".into()));
}

#[test]
fn a_site_that_listens_elsewhere_gets_no_insecure_networks_by_itself() {
    let error = refused("[server]\nlisten = \"0.0.0.0:80\"\n", &[]);

    assert!(error.starts_with("site.url: plain http is for loopback"), "{error}");
}

#[test]
fn the_environment_wins_over_the_file() {
    let file = "[site]\nname = \"File\"\nurl = \"https://eng.example.org\"\n";
    let env = [
        ("BREEZEWAY_SITE__NAME", "2024"),
        ("BREEZEWAY_LIMITS__ATTACHMENTS", "6"),
        ("BREEZEWAY_FEDERATION__ALLOWED_NETWORKS", "10.0.0.0/8, 192.168.0.0/16"),
        ("BREEZEWAY_TEST_POSTGRES", "not ours"),
    ];

    let config = load(file, &env).expect("valid");

    assert_eq!(config.site.name, "2024");
    assert_eq!(config.site.authority(), "eng.example.org");
    assert_eq!(config.limits.attachments, 6);
    assert_eq!(config.federation.allowed_networks.len(), 2);
    assert!(config.federation.insecure_networks.is_empty());
}

#[test]
fn a_wrong_value_is_told_with_file_line_key_and_remedy() {
    insta::assert_snapshot!(
        refused("[federation]\n\nmode = \"opne\"\n", &[]),
        @r#"breezeway.toml:3: federation.mode: unknown value "opne"; use "closed" or "open""#
    );
    insta::assert_snapshot!(
        refused("", &[("BREEZEWAY_FEDERATION__MODE", "opne")]),
        @r#"BREEZEWAY_FEDERATION__MODE: federation.mode: unknown value "opne"; use "closed" or "open""#
    );
    insta::assert_snapshot!(
        refused("[log]\njson = \"yes\"\n", &[]),
        @r#"breezeway.toml:2: log.json: wrong value: found string "yes", expected a boolean; write it as in json = false"#
    );
    insta::assert_snapshot!(
        refused("[site]\ncolour = \"red\"\n", &[]),
        @r##"breezeway.toml:2: site.colour: "red" is not a colour; write it as "#2f5d8a""##
    );
}

#[test]
fn an_unknown_key_or_section_is_refused() {
    insta::assert_snapshot!(
        refused("[log]\nlevle = \"info\"\n", &[]),
        @"breezeway.toml:2: log.levle: unknown key; remove it, or use one of: level, json"
    );
    insta::assert_snapshot!(
        refused("[sites]\nname = \"x\"\n", &[]),
        @"breezeway.toml:1: sites: unknown key; remove it, or use one of: site, server, database, federation, limits, media, media_s3, mail, push, log"
    );
    insta::assert_snapshot!(
        refused("", &[("BREEZEWAY_LOG__LEVLE", "info")]),
        @"BREEZEWAY_LOG__LEVLE: log.levle: unknown key; remove it, or use one of: level, json"
    );
}

#[test]
fn broken_toml_is_told_with_its_line() {
    let error = refused("[site]\nname = \"x\n", &[]);

    assert!(error.starts_with("breezeway.toml:2: not valid TOML: "), "{error}");
}

#[test]
fn a_missing_file_is_an_error() {
    let error = Config::load(Some(Path::new("/nowhere/breezeway.toml")), []).expect_err("missing");

    assert!(error.to_string().starts_with("/nowhere/breezeway.toml: cannot be read: "), "{error}");
}

#[test]
fn the_address_of_the_site_is_checked() {
    for url in [
        "https://eng.example.org/social",
        "ftp://eng.example.org",
        "https://a:b@eng.example.org",
        "http://10.0.0.1",
    ] {
        let error = refused(&format!("[site]\nurl = \"{url}\"\n"), &[]);
        assert!(error.starts_with("breezeway.toml:2: site.url: "), "{url}: {error}");
    }
    let fine =
        "[site]\nurl = \"http://eng.test:8080\"\n[federation]\ninsecure_networks = [\"172.16.0.0/12\"]\n";
    assert_eq!(load(fine, &[]).expect("valid").site.authority(), "eng.test:8080");
}

#[test]
fn all_problems_are_told_at_once() {
    let error = refused("[limits]\nattachments = 99\n[media]\njpeg_quality = 0\n", &[]);

    assert_eq!(error.lines().count(), 2, "{error}");
}

#[test]
fn passwords_never_show() {
    let url = "postgres://ann:hunter2@db/breezeway?password=hunter2";
    let config = load(&format!("[database]\nurl = \"{url}\"\n"), &[]).expect("valid");

    let shown = format!("{config:?}\n{}", config.report());

    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("postgres://ann:hidden@db/breezeway?hidden"), "{shown}");
    let wrong = refused("[database]\nurl = \"postgers://ann:hunter2@db\"\n", &[]);
    assert!(!wrong.contains("hunter2"), "{wrong}");
}
