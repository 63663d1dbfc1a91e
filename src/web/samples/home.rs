//! Samples of home and of what looks like it.

use super::posts::{ann, bob, composer, people_team, post, posts, sales};
use super::{Samples, pager};
use crate::web::pages::home::{Home, Nothing};
use crate::web::pages::installed::Offline;
use crate::web::pages::tag::Tag;
use crate::web::views::{Allowed, Pager, Post, Quoted, Tab};

fn tabs() -> Vec<Tab> {
    vec![
        Tab { label: "Following".into(), href: "/".into(), current: true },
        Tab { label: "This site".into(), href: "/site".into(), current: false },
        Tab { label: "Organisation".into(), href: "/organisation".into(), current: false },
    ]
}

pub fn home() -> Samples<Home> {
    let page = |posts: Vec<Post>| Home {
        heading: "Following".into(),
        tab: "following",
        tabs: tabs(),
        composer: Some(composer()),
        pager: if posts.is_empty() { Pager::default() } else { pager() },
        posts,
        nothing: Nothing {
            title: "Quiet so far",
            text: "Follow a few colleagues, and what they write appears here.",
            href: Some("/people"),
            action: "Find people",
        },
        sites: [sales(), people_team()].into_iter().flatten().collect(),
    };
    vec![("full", page(posts())), ("flash", page(posts())), ("empty", page(vec![]))]
}

pub fn quotes() -> Samples<Home> {
    let quoting = |id, quoted| Post { quoted: Some(quoted), ..post(id, bob(), 5, "<p>How true.</p>") };
    let inside = Quoted { post: Some(Box::new(posts().remove(0))), says: "", link: None, mine: true };
    let gone = Quoted {
        post: None,
        says: "Quotes a post whose author has not agreed yet.",
        link: Some("https://sales.example.org/posts/1".into()),
        mine: false,
    };
    let held = Allowed { held: Some("Waits until the author of the post agrees"), ..Allowed::default() };
    let waits = Post { allowed: held, ..post(303, ann(), 3, "<p>May I say something?</p>") };
    let (_, full) = home().remove(0);
    vec![("quotes", Home { posts: vec![quoting(301, inside), quoting(302, gone), waits], ..full })]
}

pub fn tag() -> Samples<Tag> {
    let page = |posts| Tag {
        name: "graz".into(),
        key: "graz".into(),
        followed: true,
        pinned: false,
        posts,
        pager: Pager::default(),
    };
    vec![("full", page(posts())), ("empty", page(vec![]))]
}

pub fn offline() -> Samples<Offline> {
    vec![("offline", Offline {})]
}
