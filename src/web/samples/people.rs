//! Samples of the directory.

use super::Samples;
use super::posts::{ann, bob, chen, layla, long_name, tie};
use crate::web::pages::people::{Choice, People};
use crate::web::views::{PersonRow, Tie};

pub fn rows() -> Vec<PersonRow> {
    let row = |person, tie: Option<Tie>, bio: &str| PersonRow { person, tie, bio: bio.into() };
    vec![
        row(ann(), None, "Imports, exports, and the map."),
        row(bob(), Some(tie(true)), "Sells what Engineering builds."),
        row(chen(), Some(tie(false)), ""),
        row(layla(), Some(Tie { requested: true, ..Tie::default() }), "مهندسة"),
        row(
            long_name(),
            Some(Tie { blocking: true, ..Tie::default() }),
            "Eine lange Beschreibung, die über mehr als zwei Zeilen geht, damit man sieht, wie sie nach zwei Zeilen abgeschnitten wird und trotzdem gut aussieht, auch auf dem Telefon.",
        ),
    ]
}

pub fn people() -> Samples<People> {
    let choice =
        |value: &str, label: &str| Choice { value: value.into(), label: label.into(), chosen: value == "de" };
    let page = |query: &str, people: Vec<PersonRow>| People {
        query: query.into(),
        summary: "5 people".into(),
        example: "bob@sales.example.org".into(),
        sites: vec![choice("here", "Engineering (this site)"), choice("sales.example.org", "Sales")],
        people,
        ..People::default()
    };
    let gone =
        People { unreachable: Some("sales.example.org".into()), ..page("bob@sales.example.org", vec![]) };
    let filtered = |people: Vec<PersonRow>| People {
        filtered: true,
        followed: true,
        field: "Rust".into(),
        languages: vec![choice("de", "Deutsch"), choice("en", "English")],
        ..page("", people)
    };
    vec![
        ("all", page("", rows())),
        ("found", page("weber", rows())),
        ("filtered", filtered(rows())),
        ("none", filtered(vec![])),
        ("nobody", gone),
        ("empty", page("", vec![])),
    ]
}
