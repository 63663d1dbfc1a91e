//! Drafts: kept, found elsewhere, never written over by another page, thrown away and brought back.

use std::time::Duration;

use breezeway::base::Error;
use breezeway::base::id::{AccountId, DraftId, MediaId};
use breezeway::base::text::Format;
use breezeway::domain::media::{self, Media};
use breezeway::domain::statuses::create::preview;
use breezeway::domain::statuses::drafts::{self, Form, Keep, Kept};
use breezeway::domain::statuses::{Draft, Visibility, Words};
use breezeway::testing::{Rooms, each_site};

fn form(key: &str) -> Form {
    Form { key: key.to_owned(), draft: None }
}

fn words(text: &str) -> Words {
    Words { text: text.to_owned(), ..Words::default() }
}

async fn keeps(site: &Rooms, person: AccountId, form: &Form, text: &str) -> Kept {
    let keep = Keep { form: form.clone(), words: words(text) };
    drafts::keep(&site.services, person, keep).await.unwrap()
}

fn id_of(kept: Kept) -> DraftId {
    let Kept::As { id, .. } = kept else { panic!("{kept:?} is no draft") };
    id
}

async fn texts(site: &Rooms, person: AccountId) -> Vec<String> {
    let found = drafts::list(&mut site.conn().await, person).await.unwrap();
    found.into_iter().map(|draft| draft.words.text).collect()
}

/// An upload that hangs on nothing.
pub async fn upload(site: &Rooms, person: AccountId) -> MediaId {
    let media = Media {
        id: site.services.ids.next(),
        account_id: person,
        status_id: None,
        position: 0,
        kind: "image".to_owned(),
        mime: "image/png".to_owned(),
        blob_key: None,
        preview_key: None,
        remote_url: None,
        description: String::new(),
        width: 1,
        height: 1,
        preview_width: 1,
        preview_height: 1,
        focus_x: 0.0,
        focus_y: 0.0,
        blurhash: None,
        size: 1,
        created_at: site.services.clock.now(),
        state: media::model::READY.to_owned(),
        problem: None,
        name: String::new(),
        duration_ms: 0,
        large_key: None,
        source_key: None,
        remote_preview_url: None,
    };
    let mut tx = site.services.db.begin().await.unwrap();
    media::store::insert(&mut tx, &media).await.unwrap();
    tx.commit().await.unwrap();
    media.id
}

pub async fn is_there(site: &Rooms, id: MediaId) -> bool {
    !media::store::list(&mut site.conn().await, &[id]).await.unwrap().is_empty()
}

#[tokio::test]
async fn what_a_form_keeps_again_and_again_is_one_draft() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let here = form("one");

        let first = keeps(&site, ann, &here, "Hel").await;
        site.hand.advance(Duration::from_secs(2));
        let second = keeps(&site, ann, &here, "Hello").await;

        assert_eq!(id_of(first), id_of(second));
        assert!(matches!(second, Kept::As { version: 2, apart: false, .. }));
        assert_eq!(texts(&site, ann).await, ["Hello"]);
        assert!(texts(&site, bob).await.is_empty());
        let foreign = drafts::get(&mut site.conn().await, bob, id_of(first)).await;
        assert!(matches!(foreign, Err(Error::NotFound { what: "draft" })));
        assert!(site.events().await.is_empty(), "nobody hears of a draft");
    })
    .await;
}

#[tokio::test]
async fn two_pages_with_one_draft_never_write_over_one_another() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let id = id_of(keeps(&site, ann, &form("desk"), "Minutes").await);
        let (phone, laptop) = (
            Form { key: "phone".to_owned(), draft: Some((id, 1)) },
            Form { key: "laptop".to_owned(), draft: Some((id, 1)) },
        );

        let of_phone = keeps(&site, ann, &phone, "Minutes from the phone").await;
        let of_laptop = keeps(&site, ann, &laptop, "Minutes from the laptop").await;
        let again = keeps(&site, ann, &laptop, "Minutes from the laptop, more").await;
        let still = keeps(&site, ann, &phone, "Minutes from the phone, more").await;

        assert!(matches!(of_phone, Kept::As { version: 2, apart: false, .. }));
        assert!(matches!(of_laptop, Kept::As { apart: true, .. }));
        assert_eq!(id_of(of_laptop), id_of(again), "one second draft, not one for each word");
        assert_eq!(id_of(of_phone), id_of(still));
        let mut found = texts(&site, ann).await;
        found.sort();
        assert_eq!(found, ["Minutes from the laptop, more", "Minutes from the phone, more"]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_was_lost_makes_no_second_draft() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let id = id_of(keeps(&site, ann, &form("desk"), "Minutes").await);
        let opened = Form { key: "phone".to_owned(), draft: Some((id, 1)) };

        keeps(&site, ann, &opened, "Minutes of").await;
        let again = keeps(&site, ann, &opened, "Minutes of Monday").await;

        assert!(matches!(again, Kept::As { apart: false, .. }));
        assert_eq!(texts(&site, ann).await, ["Minutes of Monday"]);
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_thrown_away_and_comes_back_for_an_hour() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let id = id_of(keeps(&site, ann, &form("one"), "perhaps not").await);

        let foreign = drafts::throw_away(&site.services, bob, id).await;
        assert!(matches!(foreign, Err(Error::NotFound { .. })));
        for _ in 0..2 {
            drafts::throw_away(&site.services, ann, id).await.unwrap();
        }
        assert!(texts(&site, ann).await.is_empty());
        assert!(drafts::get(&mut site.conn().await, ann, id).await.is_err());
        drafts::sweep(&site.services).await.unwrap();
        let foreign = drafts::restore(&site.services, bob, id).await;
        assert!(matches!(foreign, Err(Error::NotFound { .. })));
        for _ in 0..2 {
            drafts::restore(&site.services, ann, id).await.unwrap();
        }
        assert_eq!(texts(&site, ann).await, ["perhaps not"]);

        drafts::throw_away(&site.services, ann, id).await.unwrap();
        site.hand.advance(drafts::RESTORABLE + Duration::from_secs(1));
        drafts::sweep(&site.services).await.unwrap();
        let gone = drafts::restore(&site.services, ann, id).await;
        assert!(matches!(gone, Err(Error::NotFound { .. })));
    })
    .await;
}

#[tokio::test]
async fn an_emptied_form_has_no_draft_and_a_filled_one_has_it_again() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let here = form("one");
        let id = id_of(keeps(&site, ann, &here, "Hello").await);

        assert_eq!(keeps(&site, ann, &here, "  ").await, Kept::Nothing);
        assert!(texts(&site, ann).await.is_empty());
        assert_eq!(id_of(keeps(&site, ann, &here, "Hello again").await), id);

        assert_eq!(keeps(&site, ann, &form("two"), "").await, Kept::Nothing);
        assert_eq!(texts(&site, ann).await, ["Hello again"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_posted_is_no_draft_any_more_and_does_not_become_one_late() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let here = form("one");
        keeps(&site, ann, &here, "Hello").await;
        let draft = Draft { text: "Hello".to_owned(), idempotency_key: here.mark(), ..Draft::default() };

        let post = drafts::post(&site.services, ann, &here, draft.clone()).await.unwrap();
        let twice = drafts::post(&site.services, ann, &here, draft).await.unwrap();

        assert_eq!(post, twice);
        assert!(texts(&site, ann).await.is_empty());
        assert_eq!(keeps(&site, ann, &here, "Hello").await, Kept::Used);
        assert!(texts(&site, ann).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_posted_stays_a_draft() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let here = form("one");
        keeps(&site, ann, &here, "Hello").await;
        let wrong = Draft { text: "Hello".to_owned(), media: vec![MediaId(1)], ..Draft::default() };

        let refused = drafts::post(&site.services, ann, &here, wrong).await;

        assert!(matches!(refused, Err(Error::Invalid { field: "media_ids", .. })));
        assert_eq!(texts(&site, ann).await, ["Hello"]);
    })
    .await;
}

#[tokio::test]
async fn the_draft_that_was_written_on_elsewhere_outlives_the_post() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let id = id_of(keeps(&site, ann, &form("desk"), "Minutes").await);
        let opened = Form { key: "phone".to_owned(), draft: Some((id, 1)) };
        keeps(&site, ann, &form("desk"), "Minutes, longer").await;

        let draft = Draft { text: "Minutes".to_owned(), ..Draft::default() };
        drafts::post(&site.services, ann, &opened, draft).await.unwrap();

        assert_eq!(texts(&site, ann).await, ["Minutes, longer"]);
    })
    .await;
}

#[tokio::test]
async fn a_place_finds_its_latest_draft() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let post = site.posts_to(Visibility::Site, bob, "who has the key").await;
        for (key, text) in [("one", "I"), ("two", "I have it")] {
            site.hand.advance(Duration::from_secs(1));
            let words = Words { in_reply_to: Some(post), ..words(text) };
            drafts::keep(&site.services, ann, Keep { form: form(key), words }).await.unwrap();
        }

        let mut conn = site.conn().await;
        let found = drafts::find_for(&mut conn, ann, &format!("reply:{post}")).await.unwrap();

        assert_eq!(found.unwrap().words.text, "I have it");
        assert!(drafts::find_for(&mut conn, bob, &format!("reply:{post}")).await.unwrap().is_none());
        assert!(drafts::find_for(&mut conn, ann, "new").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn pictures_of_a_draft_wait_with_it() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let (kept, forgotten) = (upload(&site, ann).await, upload(&site, ann).await);
        let of_bob = upload(&site, bob).await;
        let with = |media: Vec<MediaId>| Keep { form: form("one"), words: Words { media, ..words("look") } };
        drafts::keep(&site.services, ann, with(vec![kept, of_bob])).await.unwrap();

        site.hand.advance(Duration::from_hours(25));
        media::sweep::sweep(&site.services).await.unwrap();

        assert!(is_there(&site, kept).await);
        assert!(!is_there(&site, forgotten).await);
        assert!(!is_there(&site, of_bob).await, "nobody keeps pictures of somebody else");
        drafts::keep(&site.services, ann, with(vec![])).await.unwrap();
        media::sweep::sweep(&site.services).await.unwrap();
        assert!(!is_there(&site, kept).await);
    })
    .await;
}

#[tokio::test]
async fn drafts_have_bounds() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let huge = Keep { form: form("huge"), words: words(&"x".repeat(drafts::MOST_BYTES)) };
        let refused = drafts::keep(&site.services, ann, huge).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "text", .. })));
        let nameless = drafts::keep(&site.services, ann, Keep { form: form(""), words: words("x") }).await;
        assert!(matches!(nameless, Err(Error::Invalid { field: "once", .. })));

        let mut last = None;
        for number in 0..drafts::MOST {
            last = Some(id_of(keeps(&site, ann, &form(&number.to_string()), "one of many").await));
        }
        let one_more = Keep { form: form("one more"), words: words("too many") };
        let refused = drafts::keep(&site.services, ann, one_more.clone()).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })));
        keeps(&site, ann, &form("7"), "those that are there can be written on").await;

        drafts::throw_away(&site.services, ann, last.unwrap()).await.unwrap();
        drafts::keep(&site.services, ann, one_more).await.unwrap();
        let refused = drafts::restore(&site.services, ann, last.unwrap()).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })));
    })
    .await;
}

#[tokio::test]
async fn whoever_leaves_takes_drafts_and_plans_along() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        keeps(&site, ann, &form("one"), "Hello").await;
        super::scheduled::plans(&site, ann, "later", Duration::from_hours(1)).await.unwrap();

        let mut tx = site.services.db.begin().await.unwrap();
        breezeway::domain::accounts::leave::forget_own_in(&mut tx, ann).await.unwrap();
        tx.commit().await.unwrap();

        assert!(texts(&site, ann).await.is_empty());
        assert!(super::scheduled::planned(&site, ann).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_preview_is_what_the_post_becomes() {
    each_site(async |site| {
        let (ann, _bob) = (site.person("ann").await, site.person("bob").await);
        for (text, format) in [
            ("**bold** @bob #tag\n\n- one\n- two", Format::Markdown),
            ("**plain** @bob <b>", Format::Plain),
            ("<script>alert(1)</script> `x` https://example.org/?a=1&b=2", Format::Markdown),
            ("\u{202e}שלום > عالم @nobody", Format::Markdown),
        ] {
            let draft = Draft { text: text.to_owned(), format, ..Draft::default() };
            let post = breezeway::domain::statuses::create(&site.services, ann, draft).await.unwrap();
            let mut conn = site.conn().await;
            let html = preview(&site.services, &mut conn, ann, text, format).await.unwrap();
            assert_eq!(html, site.status(post).await.unwrap().content);
        }
    })
    .await;
}
