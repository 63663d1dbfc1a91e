//! Who may know whom: floors, rooms and outside crates.

use crate::paths::{self, Named};
use crate::sources::Source;

/// The floors, lowest first; floors of one line are strangers to one another.
const FLOORS: &[&[&str]] = &[
    &["base"],
    &["activitystreams"],
    &["platform"],
    &["domain"],
    &["federation"],
    &["effects"],
    &["api", "web"],
    &["app"],
    &["testing"],
    &["tests"],
];

/// The rooms of the domain, oldest first. A new room takes its place in this list.
const ROOMS: &[&str] = &[
    "event",
    "instance",
    "media",
    "accounts",
    "auth",
    "mail",
    "organisation",
    "follows",
    "tags",
    "lists",
    "filters",
    "statuses",
    "timelines",
    "notifications",
    "push",
    "search",
    "moderation",
    "data",
];

/// Which floor a module stands on. The binary and the list of floors stand with `app`.
fn height(floor: &str) -> Option<usize> {
    FLOORS.iter().position(|names| names.contains(&floor))
}

/// A file that uses a floor above its own, or a stranger beside it.
pub fn complaints_about_floors(source: &Source) -> Vec<String> {
    let module = source.module();
    let Some(floor) = module.first() else { return Vec::new() };
    let Some(own_height) = height(floor) else {
        return vec![format!(
            "{}: `{floor}` is no floor of the house; see FLOORS in house/floors.rs",
            source.path
        )];
    };
    let mut complaints = Vec::new();
    for named in paths::named(source) {
        let Some(other) = named.own(0) else { continue };
        let Some(other_height) = height(other) else { continue };
        if named.in_tests && other == "testing" {
            continue;
        }
        if let Some(problem) = problem_with(floor, own_height, other, other_height, &named) {
            complaints.push(format!("{}:{}: {problem}", source.path, named.line));
        }
    }
    complaints
}

fn problem_with(floor: &str, own: usize, other: &str, others: usize, named: &Named) -> Option<String> {
    let page_or_api = matches!(floor, "api" | "web");
    if others > own {
        return Some(format!("`{floor}` uses `{other}`, which is a floor above"));
    }
    if others == own && floor != other {
        return Some(format!("`{floor}` and `{other}` are strangers"));
    }
    if page_or_api && other == "effects" {
        return Some(format!("`{floor}` and `effects` are strangers; emit an event instead"));
    }
    if page_or_api && other == "federation" && !matches!(named.own(1), Some("fetch" | "doctor")) {
        return Some(format!(
            "of `federation`, `{floor}` may use only `federation::fetch` and `federation::doctor`"
        ));
    }
    None
}

/// A room of the domain that uses a younger one.
pub fn complaints_about_rooms(source: &Source) -> Vec<String> {
    let module = source.module();
    let (Some("domain"), Some(room)) = (module.first().map(String::as_str), module.get(1)) else {
        return Vec::new();
    };
    let Some(own_age) = age(room) else {
        return vec![format!(
            "{}: `{room}` is no room of the domain; see ROOMS in house/floors.rs",
            source.path
        )];
    };
    paths::named(source)
        .iter()
        .filter(|named| named.own(0) == Some("domain"))
        .filter_map(|named| {
            let other = named.own(1)?;
            (age(other)? > own_age).then(|| {
                format!(
                    "{}:{}: `{room}` uses `{other}`, which is a younger room; emit an `Event` instead",
                    source.path, named.line
                )
            })
        })
        .collect()
}

fn age(room: &str) -> Option<usize> {
    ROOMS.iter().position(|name| *name == room)
}

/// A crate named outside the rooms that it belongs to.
pub fn complaints_about_crates(source: &Source) -> Vec<String> {
    let mut complaints = Vec::new();
    for named in paths::named(source) {
        let krate = named.parts[0].as_str();
        let at_home = match krate {
            "activitypub_federation" => stands_in(source, &["federation"]),
            "axum" | "axum_extra" => stands_in(
                source,
                &["api", "web", "federation/inbox", "federation/serve", "app", "testing", "tests"],
            ),
            _ => true,
        };
        // A local variable or module may bear the same name; a path into the crate has parts.
        if !at_home && named.parts.len() > 1 {
            complaints.push(format!("{}:{}: `{krate}` has no business here", source.path, named.line));
        }
    }
    complaints
}

/// Whether the file is one of `places` or stands below one of them.
fn stands_in(source: &Source, places: &[&str]) -> bool {
    let module = source.module().join("/");
    places.iter().any(|place| module == *place || module.starts_with(&format!("{place}/")))
}

#[cfg(test)]
mod self_tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_floor_above_is_noticed() {
        let bad = source("domain/statuses/create.rs", "use crate::federation::outbound;");
        let good = source("federation/outbound/create.rs", "use crate::domain::statuses;");

        assert!(complaints_about_floors(&bad)[0].contains("a floor above"));
        assert!(complaints_about_floors(&good).is_empty());
    }

    #[test]
    fn strangers_are_noticed() {
        for (path, text) in [
            ("api/statuses/create.rs", "use crate::web::pages;"),
            ("web/pages/home.rs", "fn f() { crate::api::render::status(); }"),
            ("web/pages/home.rs", "use crate::effects::notify;"),
            ("api/accounts/search.rs", "use crate::federation::{delivery, fetch};"),
        ] {
            assert_eq!(complaints_about_floors(&source(path, text)).len(), 1, "{path}: {text}");
        }
        let good = source("api/accounts/search.rs", "use crate::federation::fetch::resolve;");
        assert!(complaints_about_floors(&good).is_empty());
    }

    #[test]
    fn a_floor_that_nobody_drew_is_noticed() {
        assert_eq!(complaints_about_floors(&source("utils/mod.rs", "")).len(), 1);
        assert_eq!(complaints_about_rooms(&source("domain/misc.rs", "")).len(), 1);
    }

    #[test]
    fn tests_beside_the_code_may_use_the_testing_floor() {
        let good = source("base/id.rs", "#[cfg(test)] mod tests { use crate::testing::TestApp; }");
        let bad = source("base/id.rs", "use crate::testing::TestApp;");

        assert!(complaints_about_floors(&good).is_empty());
        assert_eq!(complaints_about_floors(&bad).len(), 1);
    }

    #[test]
    fn a_younger_room_is_noticed() {
        let bad = source("domain/follows/follow.rs", "use super::super::notifications::model;");
        let good = source("domain/notifications/list.rs", "use crate::domain::{event::Event, follows};");

        assert!(complaints_about_rooms(&bad)[0].contains("a younger room"));
        assert!(complaints_about_rooms(&good).is_empty());
    }

    #[test]
    fn a_crate_out_of_place_is_noticed() {
        let library = source("domain/follows/follow.rs", "use activitypub_federation::traits::Actor;");
        let web = source("federation/outbound/mod.rs", "fn f() -> axum::Router { todo() }");
        let good = source("federation/serve/actor.rs", "use axum::Router;");

        assert_eq!(complaints_about_crates(&library).len(), 1);
        assert_eq!(complaints_about_crates(&web).len(), 1);
        assert!(complaints_about_crates(&good).is_empty());
    }
}
