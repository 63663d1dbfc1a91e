//! Samples of somebody's page.

use super::Samples;
use super::people::rows;
use super::posts::{ann, bob, chen, long_name, posts, tie};
use crate::web::pages::profile::{Circle, Field, Picture, Profile, Wishes};
use crate::web::views::{Pager, Person, Post, Tab};

pub fn profile() -> Samples<Profile> {
    let page = |person: Person, tie: Option<()>| Profile {
        origin: person.site.as_ref().map(|site| format!("https://{}/{}", site.host, person.handle)),
        person,
        own: tie == Some(()),
        tie: if tie.is_some() { None } else { Some(self::tie(false)) },
        wishes: None,
        muted_until: None,
        cover: None,
        pictures: vec![],
        circle: None,
        moved_to: None,
        role: None,
        about: "<p>Sells what Engineering builds. Asks before promising. Graz, mostly by train.</p>".into(),
        fields: vec![Field { name: "Office".into(), value: "Graz, 2.14".into() }],
        since: Some("January 2026".into()),
        notice: None,
        tabs: vec![
            Tab { label: "Posts".into(), href: "#".into(), current: true },
            Tab { label: "Replies".into(), href: "#".into(), current: false },
            Tab { label: "Media".into(), href: "#".into(), current: false },
            Tab { label: "About".into(), href: "#".into(), current: false },
        ],
        pinned: posts().into_iter().skip(3).take(1).map(|post| Post { on_top: true, ..post }).collect(),
        posts: posts().into_iter().take(3).collect(),
        people: vec![],
        nothing: "No posts yet".into(),
        nothing_text: "What Bob writes appears here.".into(),
        pager: Pager::default(),
    };
    let empty = Profile {
        moved_to: Some(chen()),
        pinned: vec![],
        posts: vec![],
        about: String::new(),
        fields: vec![],
        notice: Some("The moderators of this site limited this person: only followers see the posts.".into()),
        ..page(long_name(), None)
    };
    let followed = Profile {
        tie: Some(self::tie(true)),
        wishes: Some(Wishes { reposts: true, notify: false, languages: "de, en".into() }),
        ..page(bob(), None)
    };
    let picture = |alt: &str| Picture { preview: "/face-1.svg".into(), alt: alt.into(), href: "#".into() };
    let media = Profile {
        pinned: vec![],
        posts: vec![],
        pictures: vec![picture("A ladder"), picture(""), picture("The roof terrace"), picture("A map")],
        ..page(long_name(), None)
    };
    let about = Profile {
        pinned: vec![],
        posts: vec![],
        circle: Some(Circle { following: rows(), followers: vec![] }),
        ..page(bob(), None)
    };
    let people = Profile { pinned: vec![], posts: vec![], people: rows(), ..page(ann(), Some(())) };
    vec![
        ("other", page(bob(), None)),
        ("followed", followed),
        ("media", media),
        ("about", about),
        ("own", page(ann(), Some(()))),
        ("empty", empty),
        ("people", people),
    ]
}
