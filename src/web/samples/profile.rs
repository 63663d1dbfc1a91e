//! Samples of somebody's page.

use super::Samples;
use super::people::rows;
use super::posts::{ann, bob, chen, long_name, posts, tie};
use crate::web::pages::profile::{Field, Profile};
use crate::web::views::{Pager, Person, Post, Tab};

pub fn profile() -> Samples<Profile> {
    let page = |person: Person, tie: Option<()>| Profile {
        origin: person.site.as_ref().map(|site| format!("https://{}/{}", site.host, person.handle)),
        person,
        own: tie == Some(()),
        tie: if tie.is_some() { None } else { Some(self::tie(false)) },
        moved_to: None,
        role: None,
        about: "<p>Sells what Engineering builds. Asks before promising. Graz, mostly by train.</p>".into(),
        fields: vec![Field { name: "Office".into(), value: "Graz, 2.14".into() }],
        since: Some("January 2026".into()),
        notice: None,
        tabs: vec![
            Tab { label: "Posts".into(), href: "#".into(), current: true },
            Tab { label: "Following".into(), href: "#".into(), current: false },
            Tab { label: "Followers".into(), href: "#".into(), current: false },
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
    let people = Profile { pinned: vec![], posts: vec![], people: rows(), ..page(ann(), Some(())) };
    vec![("other", page(bob(), None)), ("own", page(ann(), Some(()))), ("empty", empty), ("people", people)]
}
