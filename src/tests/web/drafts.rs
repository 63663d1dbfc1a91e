//! Nothing that is typed gets lost: drafts, planned posts, a session that ends; and what helps while one types.

use breezeway::domain::follows;
use breezeway::domain::statuses::{Visibility, drafts, scheduled};
use breezeway::testing::TestApp;

use super::{Reader, member, post};

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let field =
        page.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\""))).expect("the field");
    field.split_once("value=\"").and_then(|(_, rest)| rest.split('"').next()).expect("a value").to_owned()
}

async fn texts(app: &TestApp, person: &Reader) -> Vec<String> {
    let mut conn = app.services().db.read().await.unwrap();
    let found = drafts::list(&mut conn, person.id).await.unwrap();
    found.into_iter().map(|draft| draft.words.text).collect()
}

#[tokio::test]
async fn a_draft_is_kept_found_by_another_browser_and_posted() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;

    let fields =
        [("text", "Minutes"), ("reach", "site"), ("warning", "long"), ("once", "one"), ("do", "draft")];
    let list = ann.browser.submit("/compose", "/compose", &fields).await.text();

    assert!(list.contains("Minutes") && list.contains("Kept as a draft."), "{list}");
    let again = Reader { id: ann.id, browser: signs_in(&app, "ann").await };
    let link = list.split("/compose?draft=").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let form = again.sees(&format!("/compose?draft={link}")).await;
    assert!(form.contains("Minutes</textarea>") && form.contains(r#"value="long""#));
    assert!(form.contains(r#"name="reach" value="site" checked"#));
    let draft = hidden(&form, "draft");
    let fields =
        [("text", "Minutes of Monday"), ("reach", "site"), ("once", "two"), ("draft", draft.as_str())];
    let page = again.browser.submit("/compose", "/compose", &fields).await.text();
    assert!(page.contains("Minutes of Monday"));
    assert!(texts(&app, &ann).await.is_empty());
}

async fn signs_in(app: &TestApp, name: &str) -> breezeway::testing::Browser {
    let browser = breezeway::testing::Browser::new(app.url("/"));
    browser.post("/sign-in", &[("login", name), ("password", super::PASSWORD)]).await;
    browser
}

#[tokio::test]
async fn what_is_typed_is_kept_by_the_script_and_belongs_to_nobody_else() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);

    let huge = "26 kB of words ".repeat(1_800);
    let fields = [("text", huge.as_str()), ("once", "one")];
    let kept = ann.browser.submit("/compose", "/drafts", &fields).await;
    let id = kept.json()["draft"].as_str().and_then(|draft| draft.split('.').next()).unwrap().to_owned();

    assert_eq!(texts(&app, &ann).await, [huge]);
    assert!(!bob.sees("/drafts").await.contains("26 kB"));
    assert!(!bob.sees(&format!("/compose?draft={id}")).await.contains("26 kB"));
    for verb in ["throw-away", "restore"] {
        let answer = bob.browser.submit("/compose", &format!("/drafts/{id}/{verb}"), &[]).await;
        assert_eq!(answer.status, 404);
    }
    let forged = ann.browser.post("/drafts", &[("text", "forged"), ("once", "two")]).await;
    assert_eq!(forged.status, 401);
    let gone = ann.browser.submit("/drafts", &format!("/drafts/{id}/throw-away"), &[]).await.text();
    assert!(gone.contains("The draft is thrown away.") && gone.contains(&format!("/drafts/{id}/restore")));
    ann.browser.submit("/drafts", &format!("/drafts/{id}/restore"), &[]).await;
    assert_eq!(texts(&app, &ann).await.len(), 1);
}

#[tokio::test]
async fn what_is_sent_after_the_session_ended_waits_for_the_same_person_only() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let form = ann.sees("/compose").await;
    let (author, seal) = (hidden(&form, "author"), hidden(&form, "seal"));
    ann.browser.submit("/", "/sign-out", &[]).await;
    let fields = [
        ("text", "nearly lost"),
        ("reach", "site"),
        ("once", "one"),
        ("author", author.as_str()),
        ("seal", seal.as_str()),
    ];

    let door = ann.browser.post("/compose", &fields).await.text();

    assert!(door.contains("kept among your drafts"), "{door}");
    assert_eq!(texts(&app, &ann).await, ["nearly lost"]);
    assert!(texts(&app, &bob).await.is_empty());
    // At the same browser, somebody else.
    let refused = bob.browser.submit("/", "/compose", &fields).await.text();
    assert!(refused.contains("somebody else") && !refused.contains("nearly lost"), "{refused}");
    let bobs = bob.id.to_string();
    let forged = [("text", "forged"), ("once", "x"), ("author", bobs.as_str()), ("seal", seal.as_str())];
    ann.browser.post("/compose", &forged).await;
    assert!(texts(&app, &bob).await.is_empty(), "nobody plants a draft");
    let back = signs_in(&app, "ann").await;
    assert!(back.open("/drafts").await.text().contains("nearly lost"));
}

#[tokio::test]
async fn a_form_of_an_older_session_is_shown_again_with_its_words() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let form = ann.sees("/compose").await;
    let (author, seal) = (hidden(&form, "author"), hidden(&form, "seal"));
    let fields = [
        ("text", "from the old page"),
        ("reach", "site"),
        ("once", "one"),
        ("author", author.as_str()),
        ("seal", seal.as_str()),
        ("csrf", "of another session"),
    ];

    let answer = ann.browser.post("/compose", &fields).await;

    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("from the old page</textarea>"));
    assert!(!ann.sees("/@ann").await.contains("from the old page"));
}

#[tokio::test]
async fn a_preview_is_what_the_post_becomes() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let texts = ["**bold**\n\n- one\n- two", "<script>alert(1)</script> `x`", "שלום > عالم", "@nobody"];

    for (number, text) in texts.into_iter().enumerate() {
        let preview = ann.browser.submit("/compose", "/compose/preview", &[("text", text)]).await.text();
        let once = number.to_string();
        let fields = [("text", text), ("reach", "site"), ("once", once.as_str())];
        let page = ann.browser.submit("/compose", "/compose", &fields).await.text();
        let shown = [("text", text), ("reach", "site"), ("do", "preview")];
        let form = ann.browser.submit("/compose", "/compose", &shown).await;

        assert!(page.contains(&preview), "{preview} in {page}");
        assert_eq!(form.status, 200);
        assert!(form.text().contains(&preview) && form.text().contains("</textarea>"));
    }
}

#[tokio::test]
async fn a_post_is_planned_changed_and_laid_aside() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let planned = async || {
        let mut conn = app.services().db.read().await.unwrap();
        scheduled::list(&mut conn, ann.id).await.unwrap()
    };
    let fields = |later: &'static str, zone: &'static str| {
        [
            ("text", "the canteen opens"),
            ("reach", "site"),
            ("once", "p"),
            ("do", "later"),
            ("later", later),
            ("zone", zone),
        ]
    };

    let wrong = ann.browser.submit("/compose", "/compose", &fields("2001-01-01T09:00", "0")).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("The time must be at least 5 minutes from now."));
    assert!(wrong.text().contains("the canteen opens</textarea>"));
    let list = ann.browser.submit("/compose", "/compose", &fields("2030-01-01T09:00", "60")).await.text();
    ann.browser.submit("/compose", "/compose", &fields("2030-01-01T09:00", "60")).await;

    assert!(list.contains("the canteen opens") && list.contains("It will be posted then."), "{list}");
    let found = planned().await;
    assert_eq!(found.len(), 1, "a second press plans nothing");
    assert_eq!(found[0].run_at.to_rfc3339(), "2030-01-01T08:00:00.000Z");
    let id = found[0].id.to_string();
    let form = ann.sees(&format!("/compose?planned={id}")).await;
    assert!(form.contains(r#"value="2030-01-01T08:00""#) && form.contains("the canteen opens</textarea>"));
    let change =
        [("text", "closes"), ("reach", "site"), ("once", "q"), ("do", "later"), ("planned", id.as_str())];
    let change: Vec<_> = change.into_iter().chain([("later", "2030-01-02T08:00")]).collect();
    ann.browser.submit("/compose", "/compose", &change).await;
    assert_eq!(planned().await[0].words.text, "closes");
    ann.browser.submit("/drafts", &format!("/planned/{id}/draft"), &[]).await;
    assert!(planned().await.is_empty());
    assert_eq!(texts(&app, &ann).await, ["closes"]);
}

#[tokio::test]
async fn a_reply_goes_on_where_it_was_left_also_when_its_post_is_gone() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let id = post(&app, bob.id, "who has the key", Visibility::Site).await;
    let reply = id.to_string();
    let fields = [("text", "@bob I think"), ("reply", reply.as_str()), ("reach", "site"), ("once", "r")];
    ann.browser.submit("/compose", "/drafts", &fields).await;

    assert!(ann.sees(&format!("/compose?reply={id}")).await.contains("@bob I think</textarea>"));
    assert!(ann.sees(&format!("/compose/box?reply={id}")).await.contains("@bob I think</textarea>"));
    bob.browser.submit("/", &format!("/posts/{id}/delete"), &[]).await;
    let list = ann.sees("/drafts").await;
    let draft = list.split("/compose?draft=").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let form = ann.sees(&format!("/compose?draft={draft}")).await;
    assert!(form.contains("@bob I think</textarea>") && form.contains("is gone"), "{form}");
}

#[tokio::test]
async fn completion_knows_whom_the_reader_may_find() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let bela = member(&app, "bobine").await;
    post(&app, bob.id, "all about #Boats", Visibility::Site).await;
    follows::block(app.services(), bela.id, ann.id).await.unwrap();

    let people = ann.sees("/complete?kind=person&q=bo").await;
    let tags = ann.sees("/complete?kind=tag&q=bo").await;
    let signs = ann.sees("/complete?kind=emoji&q=tada").await;

    assert!(people.contains(r#"data-insert="@bob""#) && !people.contains("bobine"), "{people}");
    assert!(tags.contains(r##"data-insert="#Boats""##), "{tags}");
    assert!(signs.contains("🎉"), "{signs}");
    assert!(!ann.sees("/complete?kind=person&q=").await.contains("option"));
}
