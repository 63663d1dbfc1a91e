//! Samples of every view: short and long, empty and full. Each is rendered by a test, and can be written
//! as files to be looked at (`cargo test --lib web::samples -- --ignored`).

mod compose;
mod desk;
mod door;
mod home;
mod notifications;
mod people;
mod posts;
mod profile;
mod requests;
mod search;
mod settings;
mod sites;
mod thread;
mod ties;
#[cfg(test)]
mod words_tests;

use std::sync::Arc;

use super::assets::Assets;
use super::templates::{Templates, View};
use super::theme::{self, Colour};
use super::views::{Flash, Nav, Pager, RailEntry, Shell, Site, Viewer};
use crate::base::words::{Language, Words};

/// Samples of a view, each under a name.
type Samples<T> = Vec<(&'static str, T)>;

/// A page, rendered.
struct Rendered {
    name: String,
    html: String,
}

fn shell(nav: Nav, signed_in: bool) -> Shell {
    Shell {
        language: Language::English,
        direction: "ltr",
        look: "",
        text: "",
        still: false,
        site: Site {
            name: "Engineering".into(),
            host: "engineering.example.org".into(),
            description: "What the people who build things talk about: releases, incidents, ideas.".into(),
        },
        viewer: signed_in.then(|| Viewer {
            person: posts::ann(),
            csrf: "token".into(),
            rail: vec![RailEntry { icon: "list", title: "Release team".into(), href: "/lists/1".into() }],
            unread: 3,
            moderator: true,
            admin: true,
            open_reports: 2,
        }),
        nav,
        flash: None,
        here: "/".into(),
        theme: "/theme.css".into(),
        source: "https://example.org/breezeway".into(),
        version: "0.1.0",
    }
}

fn pager() -> Pager {
    Pager { newer: Some("/?min_id=1".into()), older: Some("/?max_id=1".into()) }
}

fn render<V: View>(engine: &Templates, nav: Nav, samples: Vec<(&str, V)>) -> Vec<Rendered> {
    let mut all = Vec::new();
    for (name, page) in samples {
        let stem = V::TEMPLATE.trim_start_matches("pages/").trim_end_matches(".html").replace('/', "-");
        let stranger =
            matches!(stem.as_str(), "sign_in" | "register" | "offline") || name.starts_with("stranger");
        let mut around = shell(nav, !stranger);
        if name == "flash" {
            around.flash = Some(Flash::good("Bob Okafor is muted.").undo("/people/2/unmute"));
        }
        match engine.render(&around, &page) {
            Ok(html) => all.push(Rendered { name: format!("{stem}-{name}"), html }),
            Err(error) => panic!("{stem}-{name}: {}", error.chain()),
        }
    }
    all
}

fn all(engine: &Templates) -> Vec<Rendered> {
    let mut all = render(engine, Nav::Home, home::home());
    all.extend(render(engine, Nav::Compose, compose::compose()));
    all.extend(render(engine, Nav::Elsewhere, compose::drafts()));
    all.extend(render(engine, Nav::Home, thread::thread()));
    all.extend(render(engine, Nav::People, profile::profile()));
    all.extend(render(engine, Nav::People, people::people()));
    all.extend(render(engine, Nav::Elsewhere, search::search()));
    all.extend(render(engine, Nav::Notifications, notifications::notifications()));
    all.extend(render(engine, Nav::Notifications, requests::requests()));
    all.extend(render(engine, Nav::Settings, notifications::settings()));
    all.extend(render(engine, Nav::Elsewhere, door::forgot()));
    all.extend(render(engine, Nav::Elsewhere, door::confirm()));
    all.extend(render(engine, Nav::Elsewhere, door::unsubscribe()));
    all.extend(render(engine, Nav::Home, home::quotes()));
    all.extend(render(engine, Nav::Settings, settings::profile()));
    all.extend(render(engine, Nav::Settings, settings::appearance()));
    all.extend(render(engine, Nav::Settings, settings::privacy()));
    all.extend(render(engine, Nav::Settings, settings::security()));
    all.extend(render(engine, Nav::Settings, settings::data()));
    all.extend(render(engine, Nav::Settings, settings::moving()));
    all.extend(render(engine, Nav::Settings, requests::leaving()));
    all.extend(render(engine, Nav::Elsewhere, door::sign_in()));
    all.extend(render(engine, Nav::Elsewhere, door::register()));
    all.extend(render(engine, Nav::Elsewhere, desk::report()));
    all.extend(render(engine, Nav::Desk, desk::desk()));
    all.extend(render(engine, Nav::Desk, desk::case()));
    all.extend(render(engine, Nav::Desk, desk::log()));
    all.extend(render(engine, Nav::Desk, sites::sites()));
    all.extend(render(engine, Nav::Desk, sites::site()));
    all.extend(render(engine, Nav::Desk, desk::invitations()));
    all.extend(render(engine, Nav::Elsewhere, door::authorize()));
    all.extend(render(engine, Nav::Elsewhere, door::error()));
    all.extend(render(engine, Nav::Elsewhere, home::offline()));
    all.extend(render(engine, Nav::Elsewhere, home::tag()));
    all.extend(ties::all(engine));
    all.extend(render(engine, Nav::Home, home::newer()));
    all.extend(render(engine, Nav::Home, home::card()));
    all.extend(render(engine, Nav::Home, home::catch_up()));
    all.extend(render(engine, Nav::Elsewhere, home::keyboard()));
    all
}

#[test]
fn every_template_renders_with_every_sample() {
    let engine = Templates::new(&Arc::new(Assets::load()), &Words::new());

    for page in all(&engine) {
        let is_piece = !page.html.contains("<html");
        assert!(is_piece || page.html.ends_with("</html>"), "{}", page.name);
        assert!(!page.html.contains("style="), "{}: no inline styles", page.name);
        assert!(!page.html.contains("<script>alert"), "{}: escaped", page.name);
    }
}

#[test]
#[ignore = "writes files to be looked at"]
fn write_samples() {
    let assets = Arc::new(Assets::load());
    let folder = std::env::temp_dir().join("breezeway-samples");
    std::fs::create_dir_all(folder.join("assets")).expect("a folder");
    for (name, body) in assets.all() {
        std::fs::write(folder.join("assets").join(name), body).expect("an asset");
    }
    let colour = |text: &str| Colour::chosen_or_own(text, "");
    let sites = vec![
        ("sales.example.org".to_owned(), colour("#c2410c")),
        ("people.example.org".to_owned(), colour("#7c3aed")),
    ];
    std::fs::write(folder.join("theme.css"), theme::sheet(colour("#0f5e8c"), &sites)).expect("the theme");
    for page in all(&Templates::new(&assets, &Words::new())) {
        std::fs::write(folder.join(format!("{}.html", page.name)), page.html).expect("a page");
    }
}
