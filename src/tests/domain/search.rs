//! Search: the same questions find the same on both engines, and nobody finds what they may not read.

use std::collections::BTreeMap;
use std::time::Duration;

use breezeway::base::id::{AccountId, StatusId};
use breezeway::domain::accounts::update_profile::{Change, update_profile};
use breezeway::domain::accounts::{self, PeopleQuery};
use breezeway::domain::moderation::{self, model::Grounds};
use breezeway::domain::search::{self, Query, Wanted, Why, fill};
use breezeway::domain::statuses::edit::Edit;
use breezeway::domain::statuses::{self, Draft, NewPoll, Reader, Visibility, read};
use breezeway::domain::{auth, follows, instance};
use breezeway::effects;
use breezeway::testing::rooms::SALES;
use breezeway::testing::{Rooms, each_site};

const DAY: Duration = Duration::from_hours(24);

async fn found(site: &Rooms, reader: AccountId, text: &str) -> search::Found {
    let mut conn = site.conn().await;
    search::find(&site.services, &mut conn, reader, &Query::parse(text), Wanted::newest(1_000)).await.unwrap()
}

async fn ids(site: &Rooms, reader: AccountId, text: &str) -> Vec<StatusId> {
    found(site, reader, text).await.statuses.iter().map(|status| status.id).collect()
}

async fn count(site: &Rooms, reader: AccountId, text: &str) -> usize {
    ids(site, reader, text).await.len()
}

async fn known(site: &Rooms) {
    effects::drain(&site.services).await.unwrap();
}

fn draft(text: &str) -> Draft {
    Draft { text: text.to_owned(), ..Draft::default() }
}

/// What somebody asks, and the letters of the posts that answer it, the newest first.
const QUESTIONS: &[(&str, &str)] = &[
    ("lunch", "ba"),
    ("LUNCH", "ba"),
    ("lunch thursday", "a"),
    ("\"lunch on thursday\"", "a"),
    ("\"thursday lunch\"", ""),
    ("„Lunch on“", "a"),
    ("lunch -thursday", "b"),
    ("-lunch from:ann", "wpljihgfc"),
    ("lunch -\"on thursday\"", "b"),
    ("lun", ""),
    ("lun*", "ba"),
    ("\"lunch on thu*\"", "a"),
    ("Strasse", "c"),
    ("straße", "c"),
    ("muller", "c"),
    ("MÜLLER", "c"),
    ("cafe", "c"),
    ("елка", "d"),
    ("ЁЛКА", "d"),
    ("كتاب", "e"),
    ("الكتاب", ""),
    ("東京", "f"),
    ("東京都", "f"),
    ("京都", "f"),
    ("都", "f"),
    ("東", "f"),
    ("大阪", ""),
    ("roadmap", "g"),
    ("#RoadMap", "g"),
    ("#road", ""),
    ("#roadmap -lunch", "g"),
    ("-#roadmap from:ann lang:en has:link", "i"),
    ("has:link", "i"),
    ("has:poll", "j"),
    ("rye", "j"),
    ("has:image", ""),
    ("has:warning", "h"),
    ("spoilers", "h"),
    ("is:sensitive", "h"),
    ("is:reply", "k"),
    ("from:bob", "kb"),
    ("from:@bob -is:reply", "b"),
    ("from:me", "wpljihgfca"),
    ("from:ann from:bob lunch", "ba"),
    ("from:far", "nm"),
    ("from:far@sales", "nm"),
    ("from:far@sales.example.org", "nm"),
    ("from:far@eng.example.org", ""),
    ("from:nobody", ""),
    ("-from:ann lunch", "b"),
    ("in:site lunch", "ba"),
    ("in:Sales", "nm"),
    ("in:sales.example.org harbour", "nm"),
    ("-in:site harbour", "nm"),
    ("in:nowhere lunch", ""),
    ("in:organisation harbour", "m"),
    ("in:favourites", "mb"),
    ("in:favourites lunch", "b"),
    ("in:favourites -lunch from:far", "m"),
    ("in:bookmarks", "c"),
    ("in:bookmarks lunch", ""),
    ("in:bookmarks in:favourites", "c"),
    ("lang:de", "c"),
    ("lang:de lang:ja from:ann", "fc"),
    ("on:2026-01-05", "p"),
    ("before:2026-01-03 lunch", "ba"),
    ("after:2026-01-03 from:ann", "wp"),
    ("during:2026-01 budget", "wp"),
    ("on:2025", ""),
    ("-on:2026-01-05 budget", "w"),
    ("-before:2026-01-06 budget", "w"),
    ("is:direct", "w"),
    ("e-mail", "l"),
    ("\"e mail\"", "l"),
    ("mail", "l"),
    ("secret", "w"),
    ("note:lunch", ""),
    ("\"one two\"", ""),
    ("🙂", ""),
];

/// Posts by letter.
async fn corpus(site: &Rooms) -> (AccountId, AccountId, BTreeMap<StatusId, char>) {
    let (ann, bob, cat) = (
        site.person_who_signs("ann").await,
        site.person_who_signs("bob").await,
        site.person_who_signs("cat").await,
    );
    site.peers_with(SALES).await;
    let far = site.colleague("far").await;
    site.follows(ann, far).await;
    let mut letters = BTreeMap::new();
    let english = |text: &str| Draft { language: Some("en".to_owned()), ..draft(text) };
    let mut posts = vec![
        ('a', ann, english("Lunch on Thursday?")),
        ('b', bob, english("lunch is served, Thursdays too")),
        ('c', ann, Draft { language: Some("de".to_owned()), ..draft("Café Müller, Lange Straße 5") }),
        ('d', bob, draft("")),
        ('f', ann, Draft { language: Some("ja".to_owned()), ..draft("来週は東京都に行きます") }),
        ('g', ann, english("The #RoadMap is here")),
        ('h', ann, Draft { spoiler_text: "Spoilers".to_owned(), sensitive: true, ..english("The end") }),
        ('i', ann, english("See https://example.org/plan for more")),
        (
            'j',
            ann,
            Draft {
                poll: Some(NewPoll {
                    options: vec!["Rye bread".to_owned(), "White bread".to_owned()],
                    expires_in: DAY,
                    ..NewPoll::default()
                }),
                ..english("Which one? one")
            },
        ),
    ];
    posts[3] = ('d', cat, draft("Новогодняя ёлка уже стоит"));
    posts.insert(4, ('e', cat, draft("قرأت كِتَابٌ جديد")));
    for (letter, author, draft) in posts {
        letters.insert(site.drafts(author, draft).await, letter);
    }
    let first = *letters.iter().find(|(_, letter)| **letter == 'a').unwrap().0;
    letters.insert(site.answers(bob, first, "Two of us come").await, 'k');
    letters.insert(site.drafts(ann, english("My e-mail is full")).await, 'l');
    letters.insert(site.receives(far, "harbour", Visibility::Organisation, None).await.unwrap(), 'm');
    letters.insert(site.receives(far, "harbour-2", Visibility::Private, None).await.unwrap(), 'n');
    site.receives(far, "harbour-3", Visibility::Direct, None).await.unwrap();
    site.hand.advance(DAY * 3);
    letters.insert(site.drafts(ann, english("The budget of the year")).await, 'p');
    site.hand.advance(DAY * 2);
    let secret = Draft { visibility: Some(Visibility::Direct), ..english("@bob the secret budget") };
    letters.insert(site.drafts(ann, secret).await, 'w');
    for (id, letter) in &letters {
        if *letter == 'c' {
            statuses::bookmark(&site.services, ann, *id).await.unwrap();
        }
        if "bm".contains(*letter) {
            statuses::favourite(&site.services, ann, *id).await.unwrap();
        }
    }
    (ann, cat, letters)
}

#[tokio::test]
async fn the_same_questions_find_the_same_on_both_engines() {
    each_site(async |site| {
        let (ann, _, letters) = corpus(&site).await;
        known(&site).await;
        let mut wrong = Vec::new();

        for (question, expected) in QUESTIONS {
            let answer: String = ids(&site, ann, question).await.iter().map(|id| letters[id]).collect();
            if answer != *expected {
                wrong.push(format!("{question}: {answer} instead of {expected}"));
            }
        }

        assert!(wrong.is_empty(), "{wrong:#?}");
    })
    .await;
}

#[tokio::test]
async fn what_means_nobody_is_named() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let whys = |found: search::Found| found.problems.into_iter().map(|it| it.why).collect::<Vec<_>>();

        assert_eq!(whys(found(&site, ann, "from:nobody x").await), [Why::Nobody]);
        assert_eq!(whys(found(&site, ann, "in:nowhere has:wings x").await), [Why::NoSuchThing, Why::Nowhere]);
        assert_eq!(whys(found(&site, ann, "-in:favourites x").await), [Why::Nowhere]);
        assert_eq!(whys(found(&site, ann, "from:me -from:ann x").await), []);
    })
    .await;
}

/// Numbers by lot, the same each time.
struct Lot(u64);

impl Lot {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

#[tokio::test]
async fn a_post_is_found_by_its_words_if_and_only_if_it_may_be_read() {
    const WORDS: &[&str] = &["harbour", "budget", "Straße", "東京都", "ёлка", "roof"];
    const VISIBILITIES: [Visibility; 5] = [
        Visibility::Organisation,
        Visibility::Site,
        Visibility::Unlisted,
        Visibility::Private,
        Visibility::Direct,
    ];
    each_site(async |site| {
        let mut lot = Lot(7);
        let mut people = Vec::new();
        for number in 0..20 {
            people.push(site.person(&format!("p{number}")).await);
        }
        let far = site.colleague("far").await;
        for _ in 0..60 {
            let (one, other) = (people[lot.below(20)], people[lot.below(20)]);
            let conn = &mut site.conn().await;
            let now = site.services.clock.now();
            let relations = follows::store::list_relationships(conn, one, &[other], now).await.unwrap();
            let is_blocked = relations[0].blocking || relations[0].blocked_by;
            match lot.below(6) {
                0 if one != other => drop(follows::block(&site.services, one, other).await.unwrap()),
                _ if one != other && !relations[0].following && !is_blocked => site.follows(one, other).await,
                _ => {}
            }
        }
        site.follows(people[3], far).await;
        let mut posts: Vec<(StatusId, &str)> = Vec::new();
        for number in 0..500 {
            let (author, word) = (people[lot.below(20)], WORDS[lot.below(WORDS.len())]);
            let visibility = VISIBILITIES[lot.below(5)];
            if number % 25 == 0 {
                let id = site.receives(far, &format!("roof {number}"), visibility, None).await.unwrap();
                posts.push((id, "roof"));
                continue;
            }
            let text = format!("@p{} about {word} number n{number}", lot.below(20));
            let draft = Draft { visibility: Some(visibility), ..draft(&text) };
            posts.push((site.drafts(author, draft).await, word));
        }
        known(&site).await;

        for reader in &people {
            let mut conn = site.conn().await;
            let all: Vec<StatusId> = posts.iter().map(|(id, _)| *id).collect();
            let rows = statuses::store::list(&mut conn, &all).await.unwrap();
            let readable = read::retain_visible(&site.services, &mut conn, rows, &Reader::Person(*reader))
                .await
                .unwrap();
            let readable: std::collections::HashSet<StatusId> = readable.iter().map(|it| it.id).collect();
            drop(conn);
            for word in WORDS {
                let mut expected: Vec<StatusId> = posts
                    .iter()
                    .filter(|(id, of)| of == word && readable.contains(id))
                    .map(|(id, _)| *id)
                    .collect();
                expected.sort_unstable_by(|left, right| right.cmp(left));
                assert_eq!(ids(&site, *reader, word).await, expected, "{word} for {reader}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_edited_post_is_found_by_its_new_words_and_a_deleted_one_by_none() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let post = site.posts(ann, "the old harbour").await;
        known(&site).await;
        assert_eq!((ids(&site, bob, "harbour").await, count(&site, bob, "is:edited").await), (vec![post], 0));

        site.hand.advance(DAY);
        let edit = Edit { text: Some("the new airport".to_owned()), ..Edit::default() };
        statuses::edit(&site.services, ann, post, edit).await.unwrap();
        known(&site).await;
        assert_eq!((count(&site, bob, "harbour").await, ids(&site, bob, "airport").await), (0, vec![post]));
        assert_eq!(ids(&site, bob, "is:edited").await, [post]);

        statuses::delete(&site.services, ann, post).await.unwrap();
        assert_eq!(count(&site, bob, "airport").await, 0);
        known(&site).await;
        assert_eq!(count(&site, bob, "airport").await, 0);
    })
    .await;
}

#[tokio::test]
async fn whom_our_moderators_limited_followers_find_and_whom_they_suspended_nobody() {
    each_site(async |site| {
        let (ann, bob, far) =
            (site.person("ann").await, site.person("bob").await, site.colleague("far").await);
        let moderator = site.staff("mod", auth::Role::Moderator).await;
        site.follows(ann, far).await;
        site.receives(far, "harbour", Visibility::Organisation, None).await.unwrap();
        known(&site).await;
        let both = async || (count(&site, ann, "harbour").await, count(&site, bob, "harbour").await);
        assert_eq!(both().await, (1, 1));

        let because = || Grounds::because("it was rude");
        let limited = moderation::limit_person(&site.services, moderator, far, because()).await.unwrap();
        assert_eq!(both().await, (1, 0));
        moderation::undo(&site.services, moderator, limited, "a mistake").await.unwrap();
        let suspended = moderation::suspend_person(&site.services, moderator, far, because()).await.unwrap();
        assert_eq!(both().await, (0, 0));
        moderation::undo(&site.services, moderator, suspended, "a mistake").await.unwrap();
        moderation::block_site(&site.services, moderator, SALES, because()).await.unwrap();
        assert_eq!(both().await, (0, 0));
    })
    .await;
}

#[tokio::test]
async fn who_does_not_want_to_be_found_is_found_by_themselves_and_those_they_name() {
    each_site(async |site| {
        let (ann, bob, cat) = (site.person("ann").await, site.person("bob").await, site.person("cat").await);
        let change = Change { indexable: Some(false), ..Change::default() };
        update_profile(&site.services, ann, change).await.unwrap();
        let plain = site.posts(ann, "the harbour").await;
        let naming = site.posts(ann, "@bob look, the harbour").await;
        known(&site).await;

        assert_eq!(ids(&site, ann, "harbour").await, [naming, plain]);
        assert_eq!(ids(&site, bob, "harbour").await, [naming]);
        assert_eq!(count(&site, cat, "harbour").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_muted_are_found_only_if_they_are_named() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        site.posts(bob, "the harbour").await;
        known(&site).await;

        follows::mute(&site.services, ann, bob, true, None).await.unwrap();

        assert_eq!(count(&site, ann, "harbour").await, 0);
        assert_eq!(count(&site, ann, "harbour from:bob").await, 1);
    })
    .await;
}

#[tokio::test]
async fn pages_follow_one_another_without_a_gap() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let mut posts = Vec::new();
        for number in 0..130 {
            let to = if number % 3 == 0 { Visibility::Direct } else { Visibility::Site };
            let post = site.posts_to(to, ann, &format!("harbour {number}")).await;
            if to == Visibility::Site {
                posts.insert(0, post);
            }
        }
        known(&site).await;
        let (mut read, mut before) = (Vec::new(), None);

        loop {
            let mut conn = site.conn().await;
            let wanted = Wanted { before, ..Wanted::newest(7) };
            let query = Query::parse("harbour");
            let page = search::find(&site.services, &mut conn, bob, &query, wanted).await.unwrap();
            read.extend(page.statuses.iter().map(|status| status.id));
            before = page.next;
            if before.is_none() {
                break;
            }
        }

        assert_eq!(read, posts);
    })
    .await;
}

#[tokio::test]
async fn what_was_there_before_is_filled_in_and_goes_on_where_it_stopped() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        fill::fill_all(&site.services).await.unwrap();
        // As if the site had been older than its search.
        for number in 0..1_100 {
            site.posts(ann, &format!("harbour n{number}")).await;
        }
        site.events().await;
        let mut tx = site.services.db.begin().await.unwrap();
        let now = site.services.clock.now();
        instance::store::upsert(&mut tx, "search_filled_down_to", "", now).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count(&site, ann, "harbour").await, 0);

        assert!(fill::fill(&site.services).await.unwrap(), "there is more");
        assert_eq!((count(&site, ann, "n1099").await, count(&site, ann, "n3").await), (1, 0), "newest first");
        // Killed and started again: what is done stays done.
        let mark = instance::store::find(&mut site.conn().await, "search_filled_down_to").await.unwrap();
        assert!(mark.is_some_and(|mark| mark.parse::<i64>().unwrap() > 0));
        fill::fill_all(&site.services).await.unwrap();

        assert_eq!(count(&site, ann, "harbour").await, 1_000, "as many as were asked for");
        assert_eq!((count(&site, ann, "n3").await, count(&site, ann, "n600").await), (1, 1));
        assert!(!fill::fill(&site.services).await.unwrap(), "nothing is left");
    })
    .await;
}

#[tokio::test]
async fn people_are_found_across_sites_by_what_they_say_of_themselves() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let far = site.colleague("far").await;
        let change = Change {
            display_name: Some("Zoë Müller".to_owned()),
            note: Some("Roofs and bridges".to_owned()),
            fields: Some(vec![
                ("Skills".to_owned(), "Rust, welding".to_owned()),
                ("Languages".to_owned(), "Deutsch, English".to_owned()),
            ]),
            ..Change::default()
        };
        update_profile(&site.services, bob, change).await.unwrap();
        site.follows(ann, far).await;
        let ask = async |query: PeopleQuery| {
            accounts::search::find(&mut site.conn().await, Some(ann), &query, (10, 0)).await.unwrap()
        };
        let text = |text: &str| PeopleQuery { text: text.to_owned(), ..PeopleQuery::default() };

        for name in ["bo", "@bob", "zoe", "mull", "Müller Zoë", "bridge", "weld"] {
            assert_eq!(ask(text(name)).await, [bob], "{name}");
        }
        assert_eq!(ask(text("far@sales")).await, [far]);
        assert_eq!(ask(text("bob@sales")).await, []);
        assert_eq!(ask(text("%")).await, []);
        assert_eq!(ask(PeopleQuery { field: "rust".to_owned(), ..text("") }).await, [bob]);
        assert_eq!(ask(PeopleQuery { field: "bridges".to_owned(), ..text("") }).await, []);
        assert_eq!(ask(PeopleQuery { speaks: "deutsch".to_owned(), ..text("") }).await, [bob]);
        assert_eq!(ask(PeopleQuery { speaks: "rust".to_owned(), ..text("") }).await, []);
        assert_eq!(ask(PeopleQuery { host: Some(SALES.to_owned()), ..text("") }).await, [far]);
        assert_eq!(ask(PeopleQuery { followed: true, ..text("") }).await, [far]);
        assert_eq!(ask(text("")).await, [ann, far, bob], "by name");

        auth::leave(&site.services, bob).await.unwrap();
        assert_eq!(ask(text("zoe")).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_few_letters_suggest_people_tags_sites_and_posts() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let harry = site.person_who_signs("harry").await;
        site.peers_with(SALES).await;
        let post = site.posts(harry, "har har #harbour").await;
        known(&site).await;

        let all = search::suggest(&site.services, ann, "har").await.unwrap();
        assert_eq!(all.people.iter().map(|it| it.id).collect::<Vec<_>>(), [harry]);
        assert_eq!(all.tags, [("harbour".to_owned(), "harbour".to_owned())]);
        assert_eq!(all.posts.iter().map(|it| it.id).collect::<Vec<_>>(), [post]);
        let sales = search::suggest(&site.services, ann, "Sal").await.unwrap();
        assert_eq!(sales.sites.len(), 1);
        let person = search::suggest(&site.services, ann, "@har").await.unwrap();
        assert_eq!((person.people.len(), person.tags.len(), person.posts.len()), (1, 0, 0));
        assert!(search::suggest(&site.services, ann, " ").await.unwrap().people.is_empty());
    })
    .await;
}
