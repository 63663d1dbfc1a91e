//! Samples of the page of a site.

use super::posts::{people_team, sales, time};
use crate::base::id::DeliveryId;
use crate::web::pages::site::{Checkup, Fact, LetterLine, SitePage, StepLine};
use crate::web::pages::sites::{PeerLine, Sites, SitesForm};
use crate::web::views::{SiteChip, wrong};

pub fn sites() -> Vec<(&'static str, Sites)> {
    let line = |site: Option<SiteChip>, state| PeerLine {
        site: site.expect("a sample"),
        state,
        trouble: None,
        may_accept: state == "requested",
        may_remove: true,
        remove: "disconnect",
        may_invite: false,
    };
    let form = SitesForm {
        host: "nowhere.example".into(),
        errors: wrong("host", "⟦This site does not answer.⟧"),
    };
    vec![
        ("full", Sites { peers: vec![line(sales(), "accepted"), line(people_team(), "requested")], form }),
        ("empty", Sites { peers: vec![], form: SitesForm::default() }),
    ]
}

pub fn site() -> Vec<(&'static str, SitePage)> {
    let fact = |label, text: &str| Fact { label, text: text.into(), said: text.len() > 30, at: None };
    let well = SitePage {
        site: sales().expect("a sample"),
        state: "accepted",
        well: true,
        summary: "⟦Takes what is sent⟧".into(),
        facts: vec![
            fact("waiting", "0"),
            Fact { at: Some(time(4)), ..fact("taken", "") },
            fact("given-up", "0"),
        ],
        may_try: false,
        letters: vec![],
        dead: 0,
        checkup: None,
    };
    let facts = vec![
        fact("waiting", "17"),
        Fact { at: Some(time(900)), ..fact("oldest", "") },
        Fact { at: Some(time(905)), ..fact("taken", "") },
        Fact {
            at: Some(time(3)),
            ..fact(
                "error",
                "http://sales.example.org/inbox cannot be reached: Connection refused (os error 111)",
            )
        },
        fact("failures", "12"),
        fact("next", "⟦2 January 2026, 03:04 UTC⟧"),
        fact("given-up", "52"),
    ];
    let letter = |id, post: Option<&str>, error: &str| LetterLine {
        id: DeliveryId(id),
        kind: "Create".into(),
        post: post.map(str::to_owned),
        cause: "refused",
        error: error.into(),
        at: time(id),
    };
    let ill = SitePage {
        well: false,
        summary: "⟦Has not taken anything since 2 January 2026, 03:04 UTC; 17 deliveries wait⟧".into(),
        facts,
        may_try: true,
        dead: 52,
        letters: vec![
            letter(40, Some("https://engineering.example.org/users/ann/statuses/1"), "410 Gone"),
            letter(90, None, "400 Bad Request: <script>alert(1)</script>"),
        ],
        checkup: Some(checkup()),
        ..SitePage { site: sales().expect("a sample"), ..empty() }
    };
    vec![("well", well), ("ill", ill)]
}

fn checkup() -> Checkup {
    let step = |name, verdict, found: &str, mend: Option<&str>| StepLine {
        name,
        verdict,
        found: found.into(),
        mend: mend.map(str::to_owned),
    };
    Checkup {
        summary: "⟦It does not work: certificate.⟧".into(),
        bad: true,
        steps: vec![
            step("standing", "ok", "in the organisation", None),
            step("name", "ok", "sales.example.org is 10.20.30.40", None),
            step(
                "clock",
                "warn",
                "its clock is 130 s ahead of ours",
                Some("set the clocks of both machines"),
            ),
            step(
                "certificate",
                "fail",
                "invalid peer certificate: UnknownIssuer",
                Some(
                    "its authority is not known here; name its certificate, and start again:\n[federation]\nca_files = [\"/etc/ssl/example-root.pem\"]",
                ),
            ),
            step("inbox", "skipped", "not looked at, since \"certificate\" failed", None),
        ],
    }
}

fn empty() -> SitePage {
    SitePage {
        site: sales().expect("a sample"),
        state: "accepted",
        well: true,
        summary: String::new(),
        facts: vec![],
        may_try: false,
        letters: vec![],
        dead: 0,
        checkup: None,
    }
}
