//! Samples of the directory.

use super::Samples;
use super::posts::{ann, bob, chen, layla, long_name, tie};
use crate::web::pages::people::People;
use crate::web::views::{Pager, PersonRow, Tie};

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
    let page = |query: &str, people: Vec<PersonRow>| People {
        query: query.into(),
        summary: "5 people at 3 sites".into(),
        example: "bob@sales.example.org".into(),
        unreachable: None,
        people,
        pager: Pager::default(),
    };
    let gone =
        People { unreachable: Some("sales.example.org".into()), ..page("bob@sales.example.org", vec![]) };
    vec![
        ("all", page("", rows())),
        ("found", page("weber", rows())),
        ("nobody", gone),
        ("empty", page("", vec![])),
    ]
}
