//! The search page and the directory.

use breezeway::domain::accounts::update_profile::{Change, update_profile};
use breezeway::domain::statuses::Visibility;
use breezeway::testing::{Browser, TestApp};

use super::{member, post};

#[tokio::test]
async fn a_post_is_found_with_its_words_marked_and_what_narrows_it_down() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    post(&app, ann.id, "The Harbour <b>crane</b>", Visibility::Site).await;
    post(&app, bob.id, "A harbour at night", Visibility::Site).await;
    post(&app, bob.id, "The secret harbour", Visibility::Direct).await;
    app.settles().await;

    let page = ann.sees("/search?q=harbour").await;

    assert!(page.contains("<mark>Harbour</mark> &lt;b&gt;crane"), "{page}");
    assert!(page.contains("2 posts") && !page.contains("secret"));
    assert!(page.contains("/search?q=harbour+from%3Abob"), "a facet");
    let page = ann.sees("/search?q=harbour+from:bob").await;
    assert!(page.contains("at night") && !page.contains("crane"));
    assert!(page.contains("/search?q=harbour\""), "from:bob can be taken away");
}

#[tokio::test]
async fn where_nothing_is_found_it_says_what_would_be() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    for number in 0..3 {
        post(&app, bob.id, &format!("Harbours {number}"), Visibility::Site).await;
    }
    app.settles().await;

    let page = ann.sees("/search?q=harbours+from:ann").await;
    assert!(page.contains("Without from:ann there are 3."), "{page}");
    let page = ann.sees("/search?q=harb").await;
    assert!(
        page.contains("Words that begin like this: 3 posts") || page.contains("begin like this: 3"),
        "{page}"
    );
    assert!(page.contains("/search?q=harb*"), "{page}");
    let page = ann.sees("/search?q=harbours+has:wings+from:nobody").await;
    assert!(page.contains("has:wings") && page.contains("nobody here is called that"));
    assert!(ann.sees("/search").await.contains("from:me"));
}

#[tokio::test]
async fn found_posts_come_page_by_page() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    for number in 0..25 {
        post(&app, ann.id, &format!("harbour n{number}."), Visibility::Site).await;
    }
    app.settles().await;

    let first = ann.sees("/search?q=harbour").await;

    assert!(first.contains("25 posts") && first.contains("n24.") && !first.contains("n4."), "{first}");
    let next = first.split("href=\"").find(|part| part.contains("max_id=")).unwrap();
    let next = next.split('"').next().unwrap().replace("&amp;", "&");
    let second = ann.sees(&next).await;
    assert!(second.contains("n4.") && second.contains("n0.") && !second.contains("n5."), "{second}");
}

#[tokio::test]
async fn people_and_tags_have_tabs_of_their_own() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    post(&app, bob.id, "#Harbour", Visibility::Site).await;
    app.settles().await;

    assert!(ann.sees("/search?q=bo&in=people").await.contains("@bob"));
    assert!(ann.sees("/search?q=%40bo").await.contains("@bob"), "a handle means a person");
    assert!(ann.sees("/search?q=har&in=tags").await.contains("/tags/harbour"));
    let stranger = Browser::new(app.url("/"));
    assert!(!stranger.open("/search?q=harbour").await.text().contains("Harbour"));
}

#[tokio::test]
async fn the_directory_is_narrowed_by_what_people_say_of_themselves() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let fields = vec![
        ("Skills".to_owned(), "Welding".to_owned()),
        ("Languages".to_owned(), "Deutsch, Polski".to_owned()),
    ];
    let change = Change { fields: Some(fields), ..Change::default() };
    update_profile(app.services(), bob.id, change).await.unwrap();
    let has = |page: &str| (page.contains(">@ann<"), page.contains(">@bob<"));

    let all = ann.sees("/people").await;
    assert!(all.contains("<option value=\"Polski\">"), "{all}");
    let main = |page: String| page.split("<main").nth(1).unwrap_or_default().to_owned();
    assert_eq!(has(&main(all)), (true, true));
    for filter in ["field=weld", "speaks=polski", "field=weld&speaks=Deutsch&site=here"] {
        assert_eq!(has(&main(ann.sees(&format!("/people?{filter}")).await)), (false, true), "{filter}");
    }
    for filter in ["followed=1", "field=dancing", "site=sales.example.org"] {
        let page = main(ann.sees(&format!("/people?{filter}")).await);
        assert_eq!(has(&page), (false, false), "{filter}");
        assert!(page.contains("Take a filter away"));
    }
    ann.browser.submit("/people", &format!("/people/{}/follow", bob.id), &[]).await;
    assert_eq!(has(&main(ann.sees("/people?followed=1").await)), (false, true));
}
