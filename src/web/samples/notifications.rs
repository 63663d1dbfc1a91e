//! Samples of the news.

use super::posts::{bob, chen, layla, long_name, time};
use super::{Samples, pager};
use crate::base::id::AccountId;
use crate::web::pages::notifications::{Held, News, Notifications};
use crate::web::pages::settings_notifications::{
    Form, KindRow, MailForm, NotificationSettings, PolicyRow, PushForm,
};
use crate::web::views::{Pager, Person, Tab, wrong};

pub fn notifications() -> Samples<Notifications> {
    let news = |icon, people: Vec<Person>, what: &str, excerpt: &str, minutes| News {
        icon,
        others: people.len() - 1,
        people,
        what: String::from(what),
        at: time(minutes),
        excerpt: excerpt.into(),
        href: (!excerpt.is_empty()).then(|| "/@ann/102".into()),
        fresh: minutes < 100,
        request: None,
    };
    let full = Notifications {
        tabs: tabs(),
        only: "",
        unread: false,
        held: Vec::new(),
        news: vec![
            news("reply", vec![bob()], "replied to you", "It was your query plan that did it.", 3),
            news(
                "heart",
                vec![chen(), bob(), layla()],
                "liked your post",
                "Release train leaves at 15:00. What is not merged by then waits until Thursday.",
                20,
            ),
            News {
                request: Some(AccountId(4)),
                ..news("user-plus", vec![long_name()], "asks to follow you", "", 60)
            },
            news("user-plus", vec![layla()], "follows you", "", 400),
            news("repeat-2", vec![bob()], "reposted your post", "Release train leaves at 15:00.", 3_000),
            News { href: Some("/desk".into()), ..news("flag", vec![chen()], "reported somebody", "", 4_000) },
        ],
        pager: pager(),
    };
    let nothing = |only| Notifications {
        tabs: tabs(),
        only,
        unread: false,
        held: vec![],
        news: vec![],
        pager: Pager::default(),
    };
    let held = Notifications {
        unread: true,
        held: vec![
            Held { person: long_name(), id: AccountId(4), count: 1 },
            Held { person: layla(), id: AccountId(5), count: 12 },
        ],
        ..nothing("requests")
    };
    vec![("full", full), ("empty", nothing("")), ("empty-tab", nothing("polls")), ("held", held)]
}

fn tabs() -> Vec<Tab> {
    let tab = |label: &str, href: &str, current| Tab { label: label.into(), href: href.into(), current };
    vec![
        tab("All", "/notifications", true),
        tab("Mentions", "/notifications?only=mentions", false),
        tab("Requests (2)", "/notifications?only=requests", false),
    ]
}

pub fn settings() -> Samples<NotificationSettings> {
    let kind = |key: &str, label: &str, mail| KindRow {
        key: key.into(),
        label: label.into(),
        page: true,
        push: mail,
        mail,
        fixed: key == "admin-report",
    };
    let page = |mail, push, form| NotificationSettings {
        kinds: vec![
            kind("mention", "⟦Mentions and replies⟧", true),
            kind("update", "⟦Changes of posts you liked or reposted⟧", false),
            kind("admin-report", "⟦Reports to the moderators⟧", true),
        ],
        policies: vec![
            PolicyRow {
                key: "not_following", label: "⟦People you do not follow⟧".into(), verdict: "accept"
            },
            PolicyRow {
                key: "limited",
                label: "⟦People whom the moderators limited⟧".into(),
                verdict: "filter",
            },
        ],
        mail,
        push,
        form,
    };
    let mail = |confirmed| MailForm {
        on: true,
        address: "annabelle.smith-featherstonehaugh@engineering.example.org".into(),
        confirmed,
        digest: "weekly".into(),
        hour: 8,
        weekday: 1,
        zone: "Europe/Berlin".into(),
        ..MailForm::default()
    };
    let push = |subscribed| Some(PushForm { key: "BCVxsr7N".into(), subscribed });
    let zone = Form { errors: wrong("zone", "⟦The site does not know this time zone.⟧") };
    vec![
        ("nothing", page(MailForm { zone: "UTC".into(), ..MailForm::default() }, None, Form::default())),
        ("all", page(mail(true), push(true), Form::default())),
        ("unconfirmed", page(mail(false), push(false), zone)),
    ]
}
