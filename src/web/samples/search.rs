//! Samples of search.

use super::people::rows;
use super::{Samples, pager, posts};
use crate::web::pages::search::{Facet, Link, Problem, Search};
use crate::web::views::Tab;

fn page(tab: &'static str, query: &str) -> Search {
    let tabs = [("posts", "Posts"), ("people", "People"), ("tags", "Tags")];
    Search {
        query: query.into(),
        tab,
        tabs: tabs
            .map(|(it, label)| Tab {
                label: label.into(),
                href: format!("/search?q=x&in={it}"),
                current: it == tab,
            })
            .into(),
        example: "name@sales.example.org".into(),
        ..Search::default()
    }
}

fn link(label: &str) -> Link {
    Link { label: label.into(), href: "/search?q=x".into() }
}

fn facet(name: &str, entries: &[(&str, usize)]) -> Facet {
    Facet { name: name.into(), entries: entries.iter().map(|(label, count)| (link(label), *count)).collect() }
}

pub fn search() -> Samples<Search> {
    let full = Search {
        summary: "More than 500 posts".into(),
        posts: posts::posts(),
        parts: vec![link("Take “from:ann” away")],
        problems: vec![Problem { part: "has:<script>".into(), why: "has: knows image, video, audio".into() }],
        facets: vec![
            facet(
                "Written by",
                &[("Ann Weber", 212), ("Bob Okafor", 90), ("Dr. Wolfeschlegelsteinhausenbergerdorff", 3)],
            ),
            facet("Written at", &[("this site", 300), ("Sales", 200)]),
            facet("Written in", &[("November 2026", 400), ("October 2026", 100)]),
        ],
        counted: "Counted in the newest 500.".into(),
        pager: pager(),
        ..page("posts", "map from:ann has:<script>")
    };
    let nothing = Search {
        summary: "0 posts".into(),
        hints: vec![link("Words that begin like this: 3."), link("Without from:ann there are 12.")],
        ..page("posts", "map from:ann")
    };
    let tags = Search {
        tags: vec![link("map"), link("MapOfEverythingThatWasEverDrawnByAnybodyHere")],
        ..page("tags", "map")
    };
    vec![
        ("start", page("posts", "")),
        ("posts", full),
        ("nothing", nothing),
        ("people", Search { people: rows(), summary: "5 people".into(), ..page("people", "weber") }),
        (
            "unreachable",
            Search {
                unreachable: Some("sales.example.org".into()),
                ..page("people", "bob@sales.example.org")
            },
        ),
        ("tags", tags),
        ("no_tag", page("tags", "mop")),
    ]
}
