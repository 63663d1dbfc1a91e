//! Quoting, being quoted, and who may reply, on pages.

use breezeway::domain::statuses::Visibility;
use breezeway::testing::TestApp;

use super::{member, post};

#[tokio::test]
async fn a_quoted_post_stands_inside_and_its_author_takes_it_out() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let id = post(&app, bob.id, "the ladder is red", Visibility::Site).await;
    let number = id.to_string();

    let form = ann.sees(&format!("/compose?quote={id}")).await;
    let fields = [("text", "how true"), ("quote", number.as_str()), ("reach", "site"), ("once", "q")];
    let page = ann.browser.submit(&format!("/compose?quote={id}"), "/compose", &fields).await.text();

    assert!(form.contains("Quote Bob") || form.contains("Quote bob"), "{form}");
    assert!(!form.contains(r#"name="reach" value="organisation""#), "never wider than what it quotes");
    assert!(page.contains("how true") && page.contains(r#"<blockquote class="inside""#), "{page}");
    assert!(page.contains("the ladder is red"), "{page}");

    let seen = bob.sees("/@ann").await;
    let at = seen.find("/unquote").expect("its author may take it out");
    let from = seen[..at].rfind("/posts/").unwrap();
    let path = seen[from..at + "/unquote".len()].to_owned();
    bob.browser.submit("/@ann", &path, &[("back", "/@ann")]).await;

    let after = bob.sees("/@ann").await;
    assert!(
        after.contains("took the quote back") && !after.contains(r#"<blockquote class="inside""#),
        "{after}"
    );
}

#[tokio::test]
async fn who_may_reply_is_chosen_and_asked_for() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let fields = [("text", "minutes"), ("reach", "site"), ("repliers", "manual"), ("once", "1")];
    ann.browser.submit("/compose", "/compose", &fields).await;
    let closed = [("text", "no words"), ("reach", "site"), ("repliers", "nobody"), ("once", "2")];
    ann.browser.submit("/compose", "/compose", &closed).await;

    let list = bob.sees("/@ann").await;
    assert!(list.contains("Ask to reply to") && list.contains("Cannot be answered"), "{list}");
    let from = list.find("/compose?reply=").expect("a way to answer");
    let id: String = list[from + 15..].chars().take_while(char::is_ascii_digit).collect();
    let fields = [("text", "one thing is missing"), ("reply", id.as_str()), ("reach", "site"), ("once", "3")];
    let page = bob.browser.submit(&format!("/compose?reply={id}"), "/compose", &fields).await.text();
    assert!(page.contains("Waits until the author of the post agrees"), "{page}");
    assert!(!ann.sees(&format!("/@ann/{id}")).await.contains("one thing is missing"));

    let requests = ann.sees("/requests").await;
    assert!(requests.contains("one thing is missing") && requests.contains("asks to reply"), "{requests}");
    let from = requests.find("/requests/").unwrap();
    let path: String = requests[from..].chars().take_while(|letter| *letter != '"').collect();
    ann.browser.submit("/requests", &path, &[]).await;

    assert!(ann.sees(&format!("/@ann/{id}")).await.contains("one thing is missing"));
    assert!(ann.sees("/requests").await.contains("Nobody waits for you"));
}
