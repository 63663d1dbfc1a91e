//! The samples of each page.

use super::posts::{
    ann, bob, chen, composer, kept, layla, long_name, people_team, post, posts, sales, tie, time,
};
use crate::base::id::{AccountId, ModerationActionId, ReportId, SessionId, StatusId};
use crate::web::pages::authorize::{Authorize, HiddenField, ScopeLine};
use crate::web::pages::case::{Accused, Action, Case, CaseForm, Done};
use crate::web::pages::compose::Compose;
use crate::web::pages::desk::{CaseLine, Desk};
use crate::web::pages::door::{Register, RegisterForm, SignIn, SignInForm};
use crate::web::pages::error::{ErrorPage, Way};
use crate::web::pages::home::{Home, Nothing};
use crate::web::pages::invitations::Invitations;
use crate::web::pages::log::{Entry, Log};
use crate::web::pages::moving::{Alias, Moving, MovingForm};
use crate::web::pages::notifications::{News, Notifications};
use crate::web::pages::people::People;
use crate::web::pages::profile::{Field, Profile};
use crate::web::pages::report::{CATEGORIES, Report, ReportForm};
use crate::web::pages::settings::{SessionLine, Settings, SettingsForm};
use crate::web::pages::tag::Tag;
use crate::web::pages::thread::Thread;
use crate::web::views::passage;
use crate::web::views::{
    Allowed, Composer, Pager, Person, PersonRow, Post, Quoted, Reply, Tab, ThreadNews, Tie, wrong,
};

type Samples<T> = Vec<(&'static str, T)>;

fn tabs() -> Vec<Tab> {
    vec![
        Tab { label: "Following", href: "/".into(), current: true },
        Tab { label: "This site", href: "/site".into(), current: false },
        Tab { label: "Organisation", href: "/organisation".into(), current: false },
    ]
}

fn pager() -> Pager {
    Pager { newer: Some("/?min_id=1".into()), older: Some("/?max_id=1".into()) }
}

pub fn home() -> Samples<Home> {
    let page = |posts: Vec<Post>| Home {
        heading: "Following",
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

pub fn compose() -> Samples<Compose> {
    let new = Compose { heading: "New post".into(), answers: None, composer: composer() };
    let reply = Compose {
        heading: "Reply to Bob Okafor".into(),
        answers: posts().into_iter().next(),
        composer: Composer {
            text: "@bob@sales.example.org ".into(),
            reply_to: Some(StatusId(101)),
            open: true,
            errors: wrong("text", "Write something, or add an image."),
            ..composer()
        },
    };
    let edit = Compose {
        heading: "Edit post".into(),
        answers: None,
        composer: Composer { kept: vec![kept()], slots: 3, reaches: vec![], button: "Save", ..composer() },
    };
    let quote = Compose {
        heading: "Quote Bob Okafor".into(),
        answers: posts().into_iter().next(),
        composer: Composer { quote_of: Some(StatusId(101)), poll: None, ..composer() },
    };
    vec![("new", new), ("reply", reply), ("quote", quote), ("edit", edit)]
}

pub fn thread() -> Samples<Thread> {
    let reply =
        |n: i64, author, depth, text: &str| Reply { post: post(200 + n, author, 50 - n, text), depth };
    let page = |replies| Thread {
        title: "Post of Bob Okafor".into(),
        missing_above: true,
        above: vec![post(99, chen(), 500, "<p>Is anything new from Graz?</p>")],
        post: posts().remove(0),
        way: Some(passage::Way {
            sentence: "Reached 3 of 4 sites. Sales does not have it yet and gets it as soon as it answers."
                .into(),
            whole: false,
            steps: sales()
                .map(|site| passage::WayStep {
                    site,
                    kind: "Create".into(),
                    text: "waits, next attempt 2 January 2026, 03:04 UTC: 503 Service Unavailable".into(),
                })
                .into_iter()
                .collect(),
        }),
        composer: Some(Composer {
            key: "reply",
            placeholder: "Reply to Bob Okafor".into(),
            button: "Reply",
            ..composer()
        }),
        replies,
        further_up: Some("/@bob/3".into()),
        cut_below: true,
        news: vec![
            ThreadNews {
                text: "Looking for more replies at Sales and People…".into(),
                href: Some("/@bob/7?since=1".into()),
                label: "Show what has arrived",
                poll: Some("/threads/0123456789abcdef".into()),
            },
            ThreadNews {
                text: "2 replies at Sales could not be reached yet.".into(),
                ..ThreadNews::default()
            },
        ],
    };
    let mut replies = vec![
        reply(0, ann(), 0, "<p>Well done!</p>"),
        reply(1, bob(), 1, "<p>It was your query plan that did it.</p>"),
        reply(
            2,
            layla(),
            2,
            "<p>Can somebody write down how? The next import is in March, and I would like it to be as quiet as this one.</p>",
        ),
        reply(3, ann(), 3, "<p>I will, this afternoon.</p>"),
        reply(
            4,
            long_name(),
            4,
            "<p>Und bitte auch auf Deutsch, Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen.</p>",
        ),
        reply(5, chen(), 0, "<p>Cake on the third floor.</p>"),
    ];
    replies.extend((10..24).map(|n| {
        reply(n, if n % 2 == 0 { bob() } else { ann() }, (n % 5) as u8, "<p>And one more thing.</p>")
    }));
    vec![("many", page(replies)), ("alone", page(vec![]))]
}

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
            Tab { label: "Posts", href: "#".into(), current: true },
            Tab { label: "Following", href: "#".into(), current: false },
            Tab { label: "Followers", href: "#".into(), current: false },
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

fn rows() -> Vec<PersonRow> {
    let row = |person, tie: Option<Tie>, bio: &str| PersonRow { person, tie, bio: bio.into() };
    vec![
        row(ann(), None, "Imports, exports, and the map."),
        row(bob(), Some(tie(true)), "Sells what Engineering builds."),
        row(chen(), Some(tie(false)), ""),
        row(layla(), Some(Tie { requested: true, ..Tie::default() }), "مهندسة"),
        row(
            long_name(),
            Some(Tie { blocking: true, ..Tie::default() }),
            "Eine lange Beschreibung, die über mehr als zwei Zeilen geht, damit man sieht, wie sie nach zwei Zeilen abgeschnitten wird und trotzdem gut aussieht, auch auf dem Telefon.",
        ),
    ]
}

pub fn people() -> Samples<People> {
    let page = |query: &str, people: Vec<PersonRow>| People {
        query: query.into(),
        summary: "5 people at 3 sites".into(),
        example: "bob@sales.example.org".into(),
        unreachable: None,
        people,
        pager: Pager::default(),
    };
    let gone =
        People { unreachable: Some("sales.example.org".into()), ..page("bob@sales.example.org", vec![]) };
    vec![
        ("all", page("", rows())),
        ("found", page("weber", rows())),
        ("nobody", gone),
        ("empty", page("", vec![])),
    ]
}

pub fn notifications() -> Samples<Notifications> {
    let news = |icon, people: Vec<Person>, what, excerpt: &str, minutes| News {
        icon,
        others: people.len() - 1,
        people,
        what,
        at: time(minutes),
        excerpt: excerpt.into(),
        href: (!excerpt.is_empty()).then(|| "/@ann/102".into()),
        fresh: minutes < 100,
        request: None,
    };
    let full = Notifications {
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
    vec![("full", full), ("empty", Notifications { news: vec![], pager: Pager::default() })]
}

pub fn settings() -> Samples<Settings> {
    vec![(
        "filled",
        Settings {
            form: SettingsForm {
                display_name: "Ann Weber".into(),
                bio: "Imports, exports, and the map.".into(),
                locked: false,
                discoverable: true,
                indexable: true,
                errors: wrong("current", "This is not your password."),
            },
            login: "ann".into(),
            least: 10,
            sessions: vec![
                SessionLine {
                    id: SessionId(1),
                    browser: "Firefox on Linux".into(),
                    seen: time(0),
                    current: true,
                },
                SessionLine {
                    id: SessionId(2),
                    browser: "Safari on iPhone".into(),
                    seen: time(5_000),
                    current: false,
                },
            ],
        },
    )]
}

pub fn moving() -> Samples<Moving> {
    let alias =
        Alias { uri: "https://sales.example.org/users/ann".into(), name: "@ann@sales.example.org".into() };
    let form = MovingForm {
        target: "ann@people.example.org".into(),
        errors: wrong(
            "target",
            "The account must name the old account as its own first, under Settings there.",
        ),
        ..MovingForm::default()
    };
    vec![
        ("here", Moving { aliases: vec![alias], moved_to: None, form }),
        ("moved", Moving { aliases: vec![], moved_to: Some(bob()), form: MovingForm::default() }),
    ]
}

pub fn sign_in() -> Samples<SignIn> {
    let wrong_password =
        SignInForm { login: "ann".into(), errors: wrong("form", "Name or password are not right.") };
    vec![
        ("first", SignIn { back: "/".into(), form: SignInForm::default() }),
        ("again", SignIn { back: "/".into(), form: wrong_password }),
    ]
}

pub fn register() -> Samples<Register> {
    let page = |names_site, new_person| Register {
        heading: "Welcome".into(),
        lead: "This link makes you the administrator of a new site. It works once.".into(),
        action: "/first-run/x".into(),
        button: "Open the site",
        names_site,
        new_person,
        least: 10,
        form: RegisterForm { errors: wrong("username", "This name is taken."), ..RegisterForm::default() },
    };
    vec![("first-run", page(true, true)), ("invited", page(false, true)), ("password", page(false, false))]
}

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
        category: "Breaks our rules",
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
    let page = |cases| Desk {
        tab: "open",
        cases,
        nothing: "Nothing waits",
        nothing_text: "When somebody reports a post or a person, it appears here.",
        pager: Pager::default(),
    };
    let flagged = CaseLine { from_site: sales(), person: long_name(), comment: String::new(), ..case_line() };
    vec![("full", page(vec![case_line(), flagged])), ("empty", page(vec![]))]
}

pub fn case() -> Samples<Case> {
    let action = |key, label: &str, hint| Action { key, label: label.into(), hint };
    let page = |posts| Case {
        heading: "Breaks our rules: Bob Okafor".into(),
        tab: "open",
        report: Some(case_line()),
        person: bob(),
        standing: "Nothing was done about this person so far.".into(),
        posts,
        history: vec![Done {
            what: "Limited",
            person: Some(bob()),
            moderator: Some(ann()),
            reason: "Third time this week.".into(),
            at: time(10),
        }],
        action: "/desk/reports/1".into(),
        actions: vec![
            action("limit_person", "Limit Bob Okafor", "Only followers here see the posts."),
            action("suspend_person", "Suspend Bob Okafor", "Nobody here sees or hears this person."),
            action("block_site", "Block sales.example.org", "Nothing is exchanged with the whole site."),
            action("none", "Nothing", "Only resolve the report."),
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
        ..entry(3, "Blocked the site", false)
    };
    vec![
        (
            "full",
            Log {
                entries: vec![entry(1, "Removed the post of", false), entry(2, "Limited", true), blocked],
                pager: pager(),
            },
        ),
        ("empty", Log { entries: vec![], pager: Pager::default() }),
    ]
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

pub fn invitations() -> Samples<Invitations> {
    let link = Some("https://engineering.example.org/join/3f1c8c2e5a7b4d0c9a".into());
    vec![("first", Invitations::default()), ("link", Invitations { link, until: "12 January 2026".into() })]
}

pub fn authorize() -> Samples<Authorize> {
    let page = |code| Authorize {
        app: "Toot".into(),
        website: Some("https://toot.example".into()),
        scopes: vec![
            ScopeLine { name: "read".into(), label: "Read what you can read" },
            ScopeLine { name: "write".into(), label: "Post, like and change your profile in your name" },
        ],
        target: "the program".into(),
        fields: vec![HiddenField { name: "client_id", value: "x".into() }],
        code,
    };
    vec![("ask", page(None)), ("code", page(Some("3f1c8c2e5a7b4d0c9a".into())))]
}

pub fn error() -> Samples<ErrorPage> {
    let page = |status, title, text: &str| ErrorPage {
        status,
        title,
        text: text.into(),
        request_id: (status == 500).then(|| "01J8Z".into()),
        back: Some("/".into()),
        action: Way { href: "/", label: "Home" },
    };
    let missing = || page(404, "Nothing here", "The page does not exist, or it is not meant for you.");
    vec![
        ("404", missing()),
        ("stranger-404", missing()),
        ("500", page(500, "Something went wrong", "It is written down.")),
    ]
}

pub fn tag() -> Samples<Tag> {
    let page = |posts| Tag { name: "graz".into(), posts, pager: Pager::default() };
    vec![("full", page(posts())), ("empty", page(vec![]))]
}
