//! The house rules, read out of the sources.
//!
//! docs/ARCHITECTURE.md draws which floor may know which; these tests read every file under
//! `src/` and fail where the drawing is no longer true. Each check is a plain function from a
//! source to complaints, so that the self-tests beside it can show that it does complain.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "house/floors.rs"]
mod floors;
#[path = "house/inbound.rs"]
mod inbound;
#[path = "house/migrations.rs"]
mod migrations;
#[path = "house/paths.rs"]
mod paths;
#[path = "house/shape.rs"]
mod shape;
#[path = "house/sources.rs"]
mod sources;
#[path = "house/sql.rs"]
mod sql;
#[path = "house/words.rs"]
mod words;

use sources::Source;

/// Fails with all complaints at once, so that one run shows everything there is to mend.
fn assert_no_complaints(complaints: &[String]) {
    assert!(
        complaints.is_empty(),
        "{} breach(es) of the house rules:\n  {}",
        complaints.len(),
        complaints.join("\n  ")
    );
}

/// Runs one check over all files of the application.
fn over_all(check: impl Fn(&Source) -> Vec<String>) -> Vec<String> {
    sources::application().iter().flat_map(check).collect()
}

#[test]
fn every_file_uses_only_its_own_floor_and_the_floors_below() {
    assert_no_complaints(&over_all(floors::complaints_about_floors));
}

#[test]
fn every_room_of_the_domain_uses_only_older_rooms() {
    assert_no_complaints(&over_all(floors::complaints_about_rooms));
}

#[test]
fn outside_crates_are_named_only_where_they_belong() {
    assert_no_complaints(&over_all(floors::complaints_about_crates));
}

#[test]
fn what_the_domain_says_to_people_is_translated() {
    let known = words::known(include_str!("../words/en/problems.ftl"));

    assert_no_complaints(&over_all(|source| words::complaints(source, &known)));
}

#[test]
fn sql_stands_only_in_store_files() {
    assert_no_complaints(&over_all(sql::complaints));
}

#[test]
fn every_module_says_what_it_is_for() {
    let mut complaints = over_all(shape::complaints_about_heads);
    complaints.extend(sources::federation_tests().iter().flat_map(shape::complaints_about_heads));

    assert_no_complaints(&complaints);
}

#[test]
fn files_and_functions_stay_short() {
    let mut all = sources::application();
    all.extend(sources::federation_tests());
    let mut complaints: Vec<_> = all.iter().flat_map(shape::complaints_about_size).collect();
    complaints.extend(shape::complaints_about_stale_allowances(&all));

    assert_no_complaints(&complaints);
}

#[test]
fn every_inbound_activity_is_named_in_the_federation_document() {
    assert_no_complaints(&inbound::complaints(&sources::application(), &sources::read("FEDERATION.md")));
}

#[test]
fn the_sources_were_found() {
    let all = sources::application();

    assert!(all.iter().any(|source| source.path == "lib.rs"));
    assert!(all.iter().any(|source| source.path == "tests/house.rs"));
}
