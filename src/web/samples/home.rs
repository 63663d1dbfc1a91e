//! Samples of home and of what looks like it.

use super::posts::{ann, bob, composer, long_name, people_team, post, posts, sales, time};
use super::{Samples, pager};
use crate::web::pages::card_of_post::Card;
use crate::web::pages::catch_up::{CatchLine, CatchUp, InOrder};
use crate::web::pages::home::{Home, Line, Live, Newer, Nothing};
use crate::web::pages::installed::Offline;
use crate::web::pages::keyboard::{Keyboard, keys};
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
        catch_up: None,
        line: None,
        live: Some(Live { list: "home", newest: 101 }),
        posts,
        nothing: Nothing {
            title: "Quiet so far".into(),
            text: "Follow a few colleagues, and what they write appears here.".into(),
            href: Some("/people"),
            action: "Find people".into(),
        },
        sites: [sales(), people_team()].into_iter().flatten().collect(),
    };
    let back = Home {
        catch_up: Some(CatchUp {
            summary: "26 posts by 11 people at 3 sites".into(),
            at: time(900),
            faces: vec![ann(), bob(), long_name()],
            lines: vec![
                CatchLine {
                    icon: "at-sign",
                    text: "2 posts mention you".into(),
                    href: "/notifications".into(),
                    faces: vec![bob()],
                },
                CatchLine {
                    icon: "messages-square",
                    text: "5 new replies to “What we learned from the quiet import of the whole archive in March”".into(),
                    href: "/@bob/7#p9".into(),
                    faces: vec![ann(), long_name()],
                },
            ],
        }),
        line: Some(Line { above: 2, at: time(900) }),
        ..page(posts())
    };
    vec![("full", page(posts())), ("flash", page(posts())), ("empty", page(vec![])), ("back", back)]
}

pub fn newer() -> Samples<Newer> {
    vec![
        ("some", Newer { posts: posts(), newest: 101, more: false }),
        ("many", Newer { posts: vec![], newest: 0, more: true }),
    ]
}

pub fn card() -> Samples<Card> {
    let card = |focal| Card { post: posts().remove(0), focal };
    vec![("list", card(false)), ("focal", card(true))]
}

pub fn catch_up() -> Samples<InOrder> {
    let page = |posts: Vec<Post>, begins: bool| InOrder {
        at: Some(time(900)),
        left: (!posts.is_empty()).then(|| "26 posts are left".into()),
        next: (!posts.is_empty()).then(|| "/catch-up?after=101".into()),
        posts,
        begins,
    };
    vec![("begins", page(posts(), true)), ("on", page(posts(), false)), ("done", page(vec![], true))]
}

pub fn keyboard() -> Samples<Keyboard> {
    vec![("on", Keyboard { keys: keys(), on: true }), ("off", Keyboard { keys: keys(), on: false })]
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
