//! A reader who has read enough, as in `breezeway … | head -1`.

use std::io::pipe;
use std::process::{Output, Stdio};

use super::Place;

/// Runs a command of which nobody reads what it prints.
fn unread(place: &Place, arguments: &[&str]) -> Output {
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    place
        .command(arguments)
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap()
}

#[test]
fn a_command_goes_on_when_nobody_reads_it() {
    let place = Place::new();
    place.prints(&["migrate"]);
    let commands: &[&[&str]] = &[
        &["config-example"],
        &["check"],
        &["account", "create", "ann", "--email", "ann@example.org", "--role", "admin"],
        &["account", "invite"],
        &["peer", "list"],
        &["delivery", "list"],
        &["delivery", "list", "--json"],
        &["token", "create", "--account", "ann"],
        &["--help"],
    ];
    for command in commands {
        let output = unread(&place, command);

        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && !said.contains("panicked"),
            "{command:?}: {:?} {said}",
            output.status
        );
    }
    let again = place.run(&["account", "create", "ann", "--email", "a@example.org"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("taken"), "it was done all the same: {again:?}");
}

#[test]
fn a_closed_standard_error_is_no_reason_to_fall() {
    let place = Place::new();
    place.prints(&["migrate"]);
    let (reader, writer) = pipe().unwrap();
    drop(reader);

    let invited = place.command(&["account", "invite"]).stderr(writer).output().unwrap();

    assert!(invited.status.success(), "{invited:?}");
    assert!(String::from_utf8_lossy(&invited.stdout).contains("/join/"), "{invited:?}");
}

#[test]
fn an_invitation_of_a_private_address_names_the_setting() {
    let place = Place::new();
    place.prints(&["migrate"]);
    for (host, network) in [("10.1.2.3", "10.1.2.3/32"), ("[fd00::7]", "fd00::7/128")] {
        let output = place.run(&["peer", "invite", host]);

        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("allowed_networks = [\"{network}\"]")), "{host}: {said}");
        assert!(said.contains("[federation]"), "{said}");
    }
}
