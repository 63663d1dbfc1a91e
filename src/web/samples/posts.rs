//! People and posts of the samples.

use crate::base::Millis;
use crate::base::id::{AccountId, MediaId, StatusId};
use crate::web::consent::WHO;
use crate::web::views::{
    Allowed, Answers, Composer, Errors, KeptImage, Language, Media, Person, Poll, PollFields, PollRow, Post,
    Reach, ReachChoice, Sign, SiteChip, Span, Tie, Time,
};

pub fn person(id: i64, name: &str, handle: &str, site: Option<SiteChip>) -> Person {
    Person {
        id: AccountId(id),
        name: name.into(),
        handle: handle.into(),
        url: format!("/{handle}"),
        avatar: None,
        initials: name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect(),
        hue: (id % 8) as u8,
        site,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "people of this site have none")]
pub fn sales() -> Option<SiteChip> {
    Some(SiteChip { name: "Sales".into(), host: "sales.example.org".into() })
}

#[expect(clippy::unnecessary_wraps, reason = "people of this site have none")]
pub fn people_team() -> Option<SiteChip> {
    Some(SiteChip { name: "People & Culture".into(), host: "people.example.org".into() })
}

pub fn ann() -> Person {
    Person { avatar: Some("/face-1.svg".into()), ..person(1, "Ann Weber", "@ann", None) }
}

pub fn bob() -> Person {
    person(2, "Bob Okafor", "@bob@sales.example.org", sales())
}

pub fn chen() -> Person {
    person(3, "Chén Xiaoming", "@chen@people.example.org", people_team())
}

pub fn long_name() -> Person {
    person(
        4,
        "Dr. Maximiliane Theodora von Donaudampfschifffahrtsgesellschaftskapitän-Schöneberg <script>alert(1)</script>",
        "@maximiliane_theodora_von_donaudampf@people.example.org",
        people_team(),
    )
}

pub fn layla() -> Person {
    person(5, "ليلى حداد", "@layla", None)
}

pub fn time(minutes: i64) -> Time {
    let now = Millis(1_767_625_200_000);
    Time::at(Millis(now.0 - minutes * 60_000), now)
}

pub fn reach(kind: &str) -> Reach {
    match kind {
        "site" => Reach { label: "This site", detail: "Everybody at Engineering".into(), icon: "house" },
        "private" => Reach { label: "Followers", detail: "Followers of the author".into(), icon: "lock" },
        "direct" => {
            Reach { label: "People mentioned", detail: "Only the people mentioned".into(), icon: "at-sign" }
        }
        _ => Reach {
            label: "Organisation",
            detail: "Everybody at Engineering, Sales and People & Culture".into(),
            icon: "building-2",
        },
    }
}

pub fn post(id: i64, author: Person, minutes: i64, content: &str) -> Post {
    Post {
        id: StatusId(id),
        url: format!("{}/{id}", author.url),
        origin: author.site.as_ref().map(|site| format!("https://{}/posts/{id}", site.host)),
        mine: author.id == AccountId(1),
        may_pin: author.id == AccountId(1),
        pinned: false,
        kept: false,
        thread_muted: false,
        filtered: None,
        on_top: false,
        quoted: None,
        allowed: Allowed { reply: true, quote: true, ..Allowed::default() },
        author,
        reposted_by: None,
        answers: None,
        at: time(minutes),
        edited: None,
        reach: reach("organisation"),
        warning: String::new(),
        sensitive: false,
        title: None,
        beginning: None,
        poll: None,
        signs: vec![],
        content: content.into(),
        language: Some("en".into()),
        media: vec![],
        replies: 0,
        reposts: 0,
        likes: 0,
        liked: false,
        reposted: false,
        may_repost: true,
    }
}

fn image(n: u8, alt: &str) -> Media {
    Media {
        url: format!("/image-{n}.svg"),
        preview: format!("/image-{n}.svg"),
        alt: alt.into(),
        width: 640,
        height: 400,
        kind: "image".into(),
        seen: true,
        ..Media::default()
    }
}

pub fn posts() -> Vec<Post> {
    let mut posts = usual_posts();
    posts.extend(odd_posts());
    posts.extend(more_posts());
    posts
}

fn usual_posts() -> Vec<Post> {
    vec![
        Post {
            likes: 12,
            replies: 4,
            reposts: 2,
            liked: true,
            ..post(
                101,
                bob(),
                4,
                "<p>The customer in Graz went live this morning, two weeks early. Thank you <a href=\"/@ann\">@ann</a> and everybody who stayed late on the import. They asked for <em>one</em> thing: a shorter export. Notes are in <a href=\"#\">#graz</a>.</p>",
            )
        },
        Post {
            reach: reach("site"),
            replies: 1,
            ..post(
                102,
                ann(),
                38,
                "<p>Release train leaves at <strong>15:00</strong>. What is not merged by then waits until Thursday.</p><ul><li>Import speed-up</li><li>New colours for the map</li></ul>",
            )
        },
        Post {
            reposted_by: Some(layla()),
            media: vec![image(1, "The new meeting room with a long table and a green wall")],
            likes: 31,
            ..post(
                103,
                chen(),
                130,
                "<p>The room on the third floor is finished. It is called <em>Breezeway</em>, and anybody can book it.</p>",
            )
        },
        Post {
            warning: "Details of last night’s incident".into(),
            answers: Some(Answers { name: "Bob Okafor".into(), url: Some("#".into()) }),
            ..post(
                104,
                layla(),
                300,
                "<p>A certificate ran out at 02:10.</p><pre><code>error: certificate has expired (host = mail.internal.example.org, not after = 2026-01-04T02:10:00Z)</code></pre><blockquote><p>We renew by hand.</p></blockquote><p>Not any more.</p>",
            )
        },
    ]
}

/// A poll to vote in, one that has ended, an article with reactions.
fn more_posts() -> Vec<Post> {
    let row = |title: &str, votes, percent, mine| PollRow { title: title.into(), votes, percent, mine };
    let open = Poll {
        options: vec![row("Soup of the day", 3, 60, false), row("Salad, with everything", 2, 40, false)],
        multiple: false,
        may_vote: true,
        shows_totals: true,
        turnout: "5 people voted".into(),
        left: "3 hours left".into(),
        ended: None,
    };
    let over = Poll {
        options: vec![
            row("شاي", 7, 64, true),
            row("Kaffee aus der großen Maschine im dritten Stock", 4, 36, false),
        ],
        multiple: true,
        may_vote: false,
        left: String::new(),
        ended: Some(time(90)),
        ..open.clone()
    };
    let sign = |name: &str, count| Sign { name: name.into(), picture: None, count };
    vec![
        Post { poll: Some(open), ..post(109, bob(), 12, "<p>What is for lunch?</p>") },
        Post { poll: Some(over), ..post(110, ann(), 700, "<p>What do we drink?</p>") },
        Post {
            title: Some("How we ship".into()),
            beginning: Some("First we test. Then we think, and then we test again.".into()),
            signs: vec![sign("🎉", 12), sign("🚀", 1)],
            ..post(111, chen(), 3_000, "<p>First we test.</p>")
        },
    ]
}

/// Long words, right to left, covered, without words.
fn odd_posts() -> Vec<Post> {
    vec![
        Post {
            reach: reach("private"),
            may_repost: false,
            edited: Some(time(20)),
            ..post(
                105,
                long_name(),
                2_000,
                "<p>Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzrindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz</p>",
            )
        },
        Post {
            language: Some("ar".into()),
            media: vec![image(1, ""), image(2, "A chart that rises"), image(3, "")],
            likes: 1204,
            ..post(
                106,
                layla(),
                9_000,
                "<p>صباح الخير جميعاً. انتهينا من ترجمة الدليل، وهو متاح الآن للجميع في كل المواقع.</p>",
            )
        },
        Post {
            sensitive: true,
            media: vec![image(2, "x"), image(3, "y")],
            reach: reach("direct"),
            may_repost: false,
            ..post(
                107,
                bob(),
                60_000,
                "<p><a href=\"/@ann\">@ann</a> the figures before they are public, please keep them to yourself.</p>",
            )
        },
        Post {
            reposted: true,
            media: vec![image(3, "a"), image(2, "b"), image(1, "c"), image(2, "d")],
            ..post(108, ann(), 700_000, "")
        },
    ]
}

pub const LANGUAGES: &[Language] =
    &[Language { code: "", name: "Not said" }, Language { code: "en", name: "English" }];

pub fn composer() -> Composer {
    let choice = |key, detail: &str, icon| ReachChoice { key, detail: detail.into(), people: 24, icon };
    Composer {
        key: "new",
        label: "compose-label-new",
        placeholder: "compose-placeholder",
        to: String::new(),
        note: None,
        author: "1".into(),
        seal: "20000.abc".into(),
        draft: String::new(),
        edits: None,
        planned: None,
        later: String::new(),
        preview: None,
        action: "/compose".into(),
        once: "abc".into(),
        back: String::new(),
        reply_to: None,
        quote_of: None,
        who: WHO,
        repliers: "public".into(),
        quoters: "manual".into(),
        title: Some(String::new()),
        poll: Some(PollFields {
            options: vec!["Soup".into(), String::new(), String::new(), String::new()],
            spans: &[Span { seconds: 300, name: "5 minutes" }, Span { seconds: 86_400, name: "1 day" }],
            span: 86_400,
            multiple: true,
            hide_totals: false,
            open: false,
        }),
        text: String::new(),
        limit: 5000,
        warning: String::new(),
        sensitive: false,
        open: false,
        kept: vec![],
        slots: 4,
        language: "en".into(),
        languages: LANGUAGES,
        reaches: vec![
            choice("organisation", "Engineering, Sales, People & Culture", "building-2"),
            choice("site", "Engineering", "house"),
            choice("private", "", "lock"),
            choice("direct", "", "at-sign"),
        ],
        reach: "organisation".into(),
        button: "compose-post",
        errors: Errors::new(),
    }
}

pub fn kept() -> KeptImage {
    KeptImage {
        id: MediaId(9),
        preview: "/image-1.svg".into(),
        name: String::new(),
        alt: "The new meeting room".into(),
        focus: String::new(),
    }
}

pub fn tie(following: bool) -> Tie {
    Tie { following, followed_by: true, ..Tie::default() }
}
