//! Samples of the desk, and of the way to it.

use super::posts::{ann, bob, chen, layla, long_name, post, posts, sales, time};
use super::{Samples, pager};
use crate::base::id::{ModerationActionId, ReportId};
use crate::web::pages::case::{Accused, Action, Case, CaseForm, Done};
use crate::web::pages::desk::{CaseLine, Desk};
use crate::web::pages::invitations::{InvitationForm, Invitations};
use crate::web::pages::log::{Entry, Log};
use crate::web::pages::report::{CATEGORIES, Report, ReportForm};
use crate::web::views::{Pager, wrong};

pub fn report() -> Samples<Report> {
    let page = |post| Report {
        person: bob(),
        post,
        categories: CATEGORIES,
        back: "/".into(),
        form: ReportForm { forward: true, ..ReportForm::default() },
    };
    vec![("post", page(posts().into_iter().next())), ("person", page(None))]
}

fn case_line() -> CaseLine {
    CaseLine {
        id: ReportId(1),
        category: "violation",
        person: bob(),
        reporter: Some(layla()),
        from_site: None,
        comment: "He names a customer who asked not to be named.".into(),
        excerpt: "The customer in Graz went live this morning, two weeks early.".into(),
        posts: 1,
        at: time(25),
        resolved: None,
    }
}

pub fn desk() -> Samples<Desk> {
    let page = |cases| Desk { tab: "open", cases, pager: Pager::default() };
    let flagged = CaseLine { from_site: sales(), person: long_name(), comment: String::new(), ..case_line() };
    vec![("full", page(vec![case_line(), flagged])), ("empty", page(vec![]))]
}

pub fn case() -> Samples<Case> {
    let action = |key, word, about: &str| Action { key, word, about: about.into() };
    let page = |posts| Case {
        tab: "open",
        report: Some(case_line()),
        person: bob(),
        standing: "⟦Nothing was done about this person so far.⟧".into(),
        posts,
        history: vec![Done {
            what: "limit_person",
            person: Some(bob()),
            moderator: Some(ann()),
            reason: "Third time this week.".into(),
            at: time(10),
        }],
        action: "/desk/reports/1".into(),
        actions: vec![
            action("limit_person", "limit", "Bob Okafor"),
            action("suspend_person", "suspend", "Bob Okafor"),
            action("block_site", "block", "sales.example.org"),
            action("none", "none", ""),
        ],
        form: CaseForm::default(),
    };
    let accused = Accused {
        above: vec![post(99, chen(), 500, "<p>Is anything new from Graz?</p>")],
        post: posts().into_iter().next(),
        words: String::new(),
        removed: false,
        below: vec![post(210, ann(), 2, "<p>Well done!</p>")],
    };
    let gone =
        Accused { above: vec![], post: None, words: "What it said.".into(), removed: true, below: vec![] };
    vec![("post", page(vec![accused])), ("gone", page(vec![gone]))]
}

pub fn log() -> Samples<Log> {
    let entry = |id, what, undone| Entry {
        id: ModerationActionId(id),
        what,
        person: Some(bob()),
        host: None,
        post: Some("/@bob@sales.example.org/101".into()),
        report: Some(ReportId(1)),
        reason: "Names a customer who asked not to be named.".into(),
        moderator: Some(ann()),
        at: time(id * 60),
        undone,
        may_undo: !undone,
    };
    let blocked = Entry {
        person: None,
        post: None,
        report: None,
        host: Some("spam.example.net".into()),
        ..entry(3, "block_site", false)
    };
    vec![
        (
            "full",
            Log {
                entries: vec![entry(1, "remove_post", false), entry(2, "limit_person", true), blocked],
                pager: pager(),
            },
        ),
        ("empty", Log { entries: vec![], pager: Pager::default() }),
    ]
}

pub fn invitations() -> Samples<Invitations> {
    let link = Some("https://engineering.example.org/join/3f1c8c2e5a7b4d0c9a".into());
    let made = Invitations { link, until: "⟦12 January 2026⟧".into(), ..Invitations::default() };
    let mails = || Invitations { mails: true, ..Invitations::default() };
    let form = InvitationForm { email: "mei@".into(), errors: wrong("email", "⟦The address is none.⟧") };
    vec![
        ("first", Invitations::default()),
        ("link", made),
        ("mails", mails()),
        ("sent", Invitations { sent: Some("mei.lin@example.org".into()), ..mails() }),
        ("wrong", Invitations { form, ..mails() }),
    ]
}
