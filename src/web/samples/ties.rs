//! Samples of what people keep, sort and leave out.

use super::people::rows;
use super::posts::{bob, posts, time};
use super::{Rendered, Samples, pager, render};
use crate::base::id::{FilterId, ListId};
use crate::web::pages::filters::{self, FilterForm, FilterPage, Filters};
use crate::web::pages::followed_tags::{FollowedTags, TagLine};
use crate::web::pages::kept::KeptPosts;
use crate::web::pages::list::{ListEdit, ListPage};
use crate::web::pages::lists::{self, Choice, ListForm, Lists, ListsWith};
use crate::web::pages::muted::{Muted, MutedRow};
use crate::web::templates::Templates;
use crate::web::views::{Errors, Nav, Pager, Post, wrong};

pub fn all(engine: &Templates) -> Vec<Rendered> {
    let mut all = render(engine, Nav::Elsewhere, kept());
    all.extend(render(engine, Nav::Elsewhere, some_lists()));
    all.extend(render(engine, Nav::Elsewhere, with()));
    all.extend(render(engine, Nav::Elsewhere, list()));
    all.extend(render(engine, Nav::Elsewhere, edit()));
    all.extend(render(engine, Nav::Settings, some_filters()));
    all.extend(render(engine, Nav::Settings, filter()));
    all.extend(render(engine, Nav::Elsewhere, tags()));
    all.extend(render(engine, Nav::Settings, muted()));
    all
}

const LONG: &str =
    "Alle aus der Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherung <script>alert(1)</script>";

fn kept() -> Samples<KeptPosts> {
    let page = |likes, posts: Vec<Post>, hidden| KeptPosts {
        likes,
        pager: if posts.is_empty() { Pager::default() } else { pager() },
        posts,
        hidden,
    };
    let folded = |post: Post| Post { kept: true, filtered: Some("No cats".into()), ..post };
    vec![
        ("bookmarks", page(false, posts().into_iter().map(folded).collect(), 1)),
        ("likes", page(true, posts(), 0)),
        ("empty", page(false, vec![], 0)),
        ("empty-likes", page(true, vec![], 0)),
        ("hidden", page(false, vec![], 3)),
    ]
}

fn some_lists() -> Samples<Lists> {
    let line = |id, title: &str, exclusive, pinned| lists::Line {
        id: ListId(id),
        title: title.into(),
        exclusive,
        pinned,
    };
    let wrong = ListForm { errors: wrong("title", "⟦A list needs a name.⟧"), ..ListForm::default() };
    let many =
        vec![line(1, "Release team", false, true), line(2, LONG, true, false), line(3, "فريق", false, false)];
    vec![
        ("some", Lists { lists: many, form: ListForm::default() }),
        ("empty", Lists { lists: vec![], form: wrong }),
    ]
}

fn with() -> Samples<ListsWith> {
    let choice = |title: &str, chosen| Choice { id: ListId(1), title: title.into(), chosen };
    let page = |followed, lists| ListsWith { person: bob(), followed, lists };
    vec![
        ("some", page(true, vec![choice("Release team", true), choice(LONG, false)])),
        ("none", page(true, vec![])),
        ("not-followed", page(false, vec![])),
    ]
}

fn list() -> Samples<ListPage> {
    let page = |posts: Vec<Post>, no_members| ListPage {
        id: ListId(1),
        title: LONG.into(),
        pinned: no_members,
        no_members,
        pager: if posts.is_empty() { Pager::default() } else { pager() },
        posts,
    };
    vec![("full", page(posts(), false)), ("quiet", page(vec![], false)), ("nobody", page(vec![], true))]
}

fn edit() -> Samples<ListEdit> {
    let form = || ListForm {
        title: "Release team".into(),
        replies: "followed",
        exclusive: true,
        ..ListForm::default()
    };
    let full = ListEdit {
        id: ListId(1),
        form: form(),
        members: rows(),
        query: "bob".into(),
        found: rows(),
        pager: pager(),
    };
    let empty = ListEdit {
        id: ListId(1),
        form: form(),
        members: vec![],
        query: String::new(),
        found: vec![],
        pager: Pager::default(),
    };
    vec![("full", full), ("empty", empty)]
}

fn some_filters() -> Samples<Filters> {
    let line = |title: &str, hides, until, over| filters::Line {
        id: FilterId(1),
        title: title.into(),
        words: "cat, dog, Straße".into(),
        posts: usize::from(hides),
        hides,
        until,
        over,
    };
    let some = vec![
        line("No cats", false, None, false),
        line(LONG, true, Some(time(-600)), false),
        line("Elections", true, Some(time(600)), true),
    ];
    vec![("some", Filters { filters: some }), ("empty", Filters { filters: vec![] })]
}

fn filter() -> Samples<FilterPage> {
    let known = FilterForm {
        title: "No cats".into(),
        words: "cat\ncats".into(),
        parts: "kitten".into(),
        contexts: vec!["home", "thread"],
        hide: true,
        until: Some(time(-600)),
        errors: Errors::default(),
    };
    let refused =
        FilterForm { errors: wrong("context", "⟦Choose at least one place.⟧"), ..FilterForm::default() };
    vec![
        ("new", FilterPage { id: None, form: FilterForm::default() }),
        ("known", FilterPage { id: Some(FilterId(1)), form: known }),
        ("refused", FilterPage { id: None, form: refused }),
    ]
}

fn tags() -> Samples<FollowedTags> {
    let tag = |name: &str| TagLine { name: name.to_lowercase(), display: name.into() };
    let page = |tags: Vec<TagLine>, errors| FollowedTags {
        pager: if tags.is_empty() { Pager::default() } else { pager() },
        tags,
        typed: String::new(),
        errors,
    };
    vec![
        ("some", page(vec![tag("BreezeWay"), tag("عمان"), tag(&"long".repeat(30))], Errors::default())),
        ("empty", page(vec![], wrong("tag", "⟦That is no hashtag.⟧"))),
    ]
}

fn muted() -> Samples<Muted> {
    let people =
        || rows().into_iter().map(|row| MutedRow { row, until: Some(time(-90)) }).collect::<Vec<_>>();
    let page = |blocked, people: Vec<MutedRow>| Muted { blocked, people, pager: Pager::default() };
    vec![
        ("muted", page(false, people())),
        ("blocked", page(true, people())),
        ("nobody", page(false, vec![])),
        ("nobody-blocked", page(true, vec![])),
    ]
}
