//! Samples of what one sets.

use super::Samples;
use super::posts::{bob, time};
use crate::base::id::{ExportId, ImportId, OAuthTokenId, SessionId};
use crate::web::pages::authorize::ScopeLine;
use crate::web::pages::moving::{Alias, Moving, MovingForm};
use crate::web::pages::settings::appearance::{Appearance, AppearanceForm, LanguageChoice};
use crate::web::pages::settings::browser::Browser;
use crate::web::pages::settings::data::{Data, DataForm, ExportLine, FailureLine, ImportLine};
use crate::web::pages::settings::privacy::Privacy;
use crate::web::pages::settings::profile::{LineForm, ProfileForm, ProfileSettings};
use crate::web::pages::settings::security::{AppLine, Security, SecurityForm, SessionLine};
use crate::web::views::wrong;

pub fn profile() -> Samples<ProfileSettings> {
    let line = |name: &str, value: &str| LineForm { name: name.into(), value: value.into() };
    let form = |errors| ProfileForm {
        display_name: "Ann Weber".into(),
        bio: "Imports, exports, and the map.".into(),
        lines: vec![
            line("Pronouns", "she, her"),
            line("Ask me about", "<b>maps</b>"),
            line("", ""),
            line("", ""),
        ],
        errors,
    };
    let header = Some("/headers/1?v=1".into());
    vec![
        ("filled", ProfileSettings { header, form: form(wrong("bio", "⟦The text is too long.⟧")) }),
        ("first", ProfileSettings { header: None, form: ProfileForm::default() }),
    ]
}

pub fn appearance() -> Samples<Appearance> {
    let form = AppearanceForm {
        theme: "dark",
        text: "large",
        language: "de".into(),
        zone: "Europe/Berlin".into(),
        keyboard: true,
        errors: wrong("zone", "⟦The time zone is none.⟧"),
        ..AppearanceForm::default()
    };
    let languages =
        vec![LanguageChoice { tag: "en", name: "English" }, LanguageChoice { tag: "de", name: "Deutsch" }];
    vec![("dark", Appearance { languages, zones: &["UTC", "Europe/Berlin"], form })]
}

pub fn privacy() -> Samples<Privacy> {
    let page = Privacy {
        locked: false,
        discoverable: true,
        indexable: true,
        reaches: vec!["organisation", "site", "private", "direct"],
        reach: "site".into(),
        who: vec!["public", "followers", "mentioned", "manual", "nobody"],
        replies: "public".into(),
        quotes: "followers".into(),
        sensitive: false,
    };
    vec![("usual", page)]
}

pub fn security() -> Samples<Security> {
    let session = |id, program, system, current| SessionLine {
        id: SessionId(id),
        browser: Browser { program, system },
        seen: time(id * 900),
        current,
    };
    let app = |id, name: &str, by_hand: bool| AppLine {
        id: OAuthTokenId(id),
        name: name.into(),
        website: (!by_hand).then(|| "https://toot.example".into()),
        scopes: vec![
            ScopeLine { name: "read".into(), label: "read" },
            ScopeLine { name: "write:statuses".into(), label: "write-statuses" },
        ],
        since: time(90_000),
        used: (!by_hand).then(|| time(70)),
        by_hand,
    };
    let page = |sessions, apps, errors| Security {
        login: "ann".into(),
        email: "ann@example.org".into(),
        least: 10,
        sessions,
        apps,
        form: SecurityForm { errors },
    };
    let here = || session(0, Some("Firefox"), Some("Linux"), true);
    let many = vec![here(), session(5, Some("Safari"), Some("iPhone"), false), session(9, None, None, false)];
    vec![
        (
            "filled",
            page(
                many,
                vec![app(1, "Toot", false), app(2, "a script that copies posts", true)],
                wrong("current", "⟦The password is not right.⟧"),
            ),
        ),
        ("first", page(vec![here()], vec![], crate::web::views::Errors::new())),
    ]
}

pub fn data() -> Samples<Data> {
    let export = |id, state| ExportLine {
        id: ExportId(id),
        state,
        size: "12.4 MB".into(),
        at: time(90),
        until: time(-9_000),
    };
    let failure =
        |who: &str| FailureLine { who: who.into(), why: "⟦There is nobody by that name.⟧".into() };
    let import = |id, done, failures: Vec<FailureLine>| ImportLine {
        id: ImportId(id),
        kind: "following",
        at: time(30),
        total: 120,
        done,
        finished: done == 120,
        failed: failures.len(),
        failures,
    };
    let page = |exports, imports, leaving| Data {
        exports,
        imports,
        kinds: vec!["following", "muting", "blocking"],
        leaving,
        form: DataForm::default(),
    };
    let brought = vec![
        import(1, 40, vec![]),
        import(2, 120, vec![failure("lea@nowhere.example"), failure("<script>alert(1)</script>@x.example")]),
    ];
    vec![
        ("full", page(vec![export(1, "waiting"), export(2, "ready"), export(3, "failed")], brought, true)),
        ("empty", page(vec![], vec![], false)),
    ]
}

pub fn moving() -> Samples<Moving> {
    let alias =
        Alias { uri: "https://sales.example.org/users/ann".into(), name: "@ann@sales.example.org".into() };
    let form = MovingForm {
        target: "ann@people.example.org".into(),
        errors: wrong(
            "target",
            "⟦The account must name the old account as its own first, under Settings there.⟧",
        ),
        ..MovingForm::default()
    };
    vec![
        ("here", Moving { aliases: vec![alias], moved_to: None, form }),
        ("moved", Moving { aliases: vec![], moved_to: Some(bob()), form: MovingForm::default() }),
    ]
}
