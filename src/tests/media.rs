//! Pictures: uploaded, described, shown to whoever may see them, thrown away.

use std::io::Cursor;
use std::time::Duration;

use breezeway::base::clock::Hand;
use breezeway::base::id::{AccountId, MediaId, StatusId};
use breezeway::base::{Clock, Error, Millis};
use breezeway::domain::accounts::update_profile::{Change, update_profile};
use breezeway::domain::accounts::{self, Account, picture};
use breezeway::domain::auth::session;
use breezeway::domain::media::address::{self, Size};
use breezeway::domain::media::{self, Details, Media};
use breezeway::domain::statuses::{self, Draft, Visibility};
use breezeway::testing::http::{Answer, Http, send};
use breezeway::testing::{Person, TestApp};
use bytes::Bytes;

fn upload_of(width: u32, height: u32) -> Bytes {
    let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
    let mut jpeg = Cursor::new(Vec::new());
    picture.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    jpeg.into_inner().into()
}

async fn upload(app: &TestApp, person: &Person) -> Media {
    media::upload(app.services(), person.id, upload_of(800, 600), "a ladder").await.unwrap()
}

async fn post(app: &TestApp, person: &Person, media: &Media, visibility: Visibility) {
    let draft = Draft {
        text: "look".to_owned(),
        media: vec![media.id],
        visibility: Some(visibility),
        ..Draft::default()
    };
    statuses::create(app.services(), person.id, draft).await.unwrap();
}

/// The picture as a browser in which `person` is signed in asks for it.
async fn seen_by(app: &TestApp, person: &Person, path: &str) -> Answer {
    let session = session::open(app.services(), person.id, "test").await.unwrap();
    let cookie = app.services().config.site.session_cookie();
    let request = Http::default().request(http::Method::GET, app.url(path));
    send(request.header("cookie", format!("{cookie}={}", session.token))).await
}

async fn account(app: &TestApp, id: AccountId) -> Account {
    accounts::store::get(&mut app.services().db.read().await.unwrap(), id).await.unwrap()
}

#[tokio::test]
async fn a_picture_is_for_those_who_may_read_its_post() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let picture = upload(&app, &ann).await;
    let path = address::path(picture.id, Size::Original);

    assert_eq!(seen_by(&app, &ann, &path).await.status, 200);
    assert_eq!(seen_by(&app, &bob, &path).await.status, 404, "it is not posted yet");
    post(&app, &ann, &picture, Visibility::Private).await;
    assert_eq!(seen_by(&app, &bob, &path).await.status, 404, "bob does not follow");
    assert_eq!(app.anybody_gets(&path).await.status, 404);

    let other = upload(&app, &ann).await;
    post(&app, &ann, &other, Visibility::Organisation).await;
    let path = address::path(other.id, Size::Preview);
    let seen = seen_by(&app, &bob, &path).await;
    assert_eq!(seen.status, 200);
    assert_eq!(seen.headers["content-type"], "image/jpeg");
    assert_eq!(seen.headers["cache-control"], "private, no-cache");
    assert_eq!(seen.headers["x-content-type-options"], "nosniff");
    assert_eq!(image::load_from_memory(&seen.body).unwrap().width(), 640);
    assert_eq!(app.anybody_gets(&path).await.status, 404, "the site is not open to the web");
}

#[tokio::test]
async fn an_address_with_a_pass_works_for_apps_until_it_ends_or_the_post_is_gone() {
    let (clock, hand): (Clock, Hand) = Clock::manual(Millis(1_767_323_045_678));
    let app = TestApp::build().clock(clock).start().await;
    let ann = app.person("ann").await;
    let picture = upload(&app, &ann).await;
    post(&app, &ann, &picture, Visibility::Direct).await;

    let url = address::with_pass(app.services(), &picture, Size::Original);
    let path = url.strip_prefix(app.services().origin.base()).unwrap();

    assert_eq!(app.anybody_gets(path).await.status, 200);
    let twisted = path.replace("original", "preview").replace(&picture.id.to_string(), "1");
    assert_eq!(app.anybody_gets(&twisted).await.status, 404);
    hand.advance(Duration::from_hours(5 * 24));
    assert_eq!(app.anybody_gets(path).await.status, 404);
}

#[tokio::test]
async fn a_picture_that_the_browser_has_is_not_sent_again() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let picture = upload(&app, &ann).await;
    let url = address::with_pass(app.services(), &picture, Size::Original);

    let request = || Http::default().request(http::Method::GET, url.parse().unwrap());
    let first = send(request()).await;
    let second = send(request().header("if-none-match", &first.headers["etag"])).await;

    assert_eq!((first.status.as_u16(), second.status.as_u16()), (200, 304));
    assert!(second.body.is_empty());
}

#[tokio::test]
async fn only_its_owner_describes_a_picture() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let picture = upload(&app, &ann).await;
    let details = Details { description: None, focus: Some((0.5, f64::NAN)) };

    let described = media::describe(app.services(), ann.id, picture.id, details).await.unwrap();

    assert_eq!(
        (described.description.as_str(), described.focus_x, described.focus_y),
        ("a ladder", 0.5, 0.0)
    );
    let foreign = media::describe(app.services(), bob.id, picture.id, "mine").await;
    assert!(matches!(foreign, Err(Error::NotFound { .. })));
    let long = "x".repeat(2000);
    let refused = media::describe(app.services(), ann.id, picture.id, long.as_str()).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "description", .. })));
}

#[tokio::test]
async fn what_is_no_picture_is_refused_with_a_reason() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    let refused = media::upload(app.services(), ann.id, Bytes::from_static(b"<svg/>"), "").await;

    let problem = refused.unwrap_err().to_string();
    assert!(problem.starts_with("file must be a JPEG, PNG, GIF or WebP picture, a video"), "{problem}");
}

#[tokio::test]
async fn uploads_that_are_never_posted_are_thrown_away_after_a_day() {
    let (clock, hand) = Clock::manual(Millis(1_767_323_045_678));
    let app = TestApp::build().clock(clock).start().await;
    let ann = app.person("ann").await;
    let (forgotten, posted) = (upload(&app, &ann).await, upload(&app, &ann).await);
    post(&app, &ann, &posted, Visibility::Organisation).await;

    hand.advance(Duration::from_hours(25));
    media::sweep::sweep(app.services()).await.unwrap();

    let mut conn = app.services().db.read().await.unwrap();
    let left: Vec<MediaId> = media::store::list(&mut conn, &[forgotten.id, posted.id])
        .await
        .unwrap()
        .iter()
        .map(|m| m.id)
        .collect();
    assert_eq!(left, [posted.id]);
    let blob = forgotten.blob_key.unwrap().parse().unwrap();
    assert!(matches!(app.services().blobs.read(&blob).await, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn pictures_of_a_deleted_post_can_be_posted_again_for_a_day() {
    let (clock, hand) = Clock::manual(Millis(1_767_323_045_678));
    let app = TestApp::build().clock(clock).start().await;
    let ann = app.person("ann").await;
    let picture = upload(&app, &ann).await;
    post(&app, &ann, &picture, Visibility::Organisation).await;
    hand.advance(Duration::from_hours(7 * 24));

    statuses::delete(app.services(), ann.id, status_of(&app, &picture).await).await.unwrap();
    media::sweep::sweep(app.services()).await.unwrap();
    post(&app, &ann, &picture, Visibility::Organisation).await;
    statuses::delete(app.services(), ann.id, status_of(&app, &picture).await).await.unwrap();
    hand.advance(Duration::from_hours(25));
    media::sweep::sweep(app.services()).await.unwrap();

    let blob = picture.blob_key.unwrap().parse().unwrap();
    assert!(matches!(app.services().blobs.read(&blob).await, Err(Error::NotFound { .. })));
}

async fn status_of(app: &TestApp, picture: &Media) -> StatusId {
    let mut conn = app.services().db.read().await.unwrap();
    media::store::get(&mut conn, picture.id).await.unwrap().status_id.unwrap()
}

#[tokio::test]
async fn everybody_has_a_face_and_may_change_it() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    let first = picture::avatar_path(&account(&app, ann.id).await);
    let monogram = app.anybody_gets(&first).await;
    assert_eq!(
        (monogram.status.as_u16(), monogram.headers["content-type"].as_bytes()),
        (200, &b"image/png"[..])
    );

    let key = media::face::keep_avatar(app.services(), upload_of(900, 500)).await.unwrap();
    let change = Change { avatar_key: Some(Some(key.clone())), ..Change::default() };
    let changed = update_profile(app.services(), ann.id, change).await.unwrap();
    let second = picture::avatar_path(&changed);
    assert_ne!(first, second);
    let face = app.anybody_gets(&second).await;
    assert_eq!(face.headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(image::load_from_memory(&face.body).unwrap().width(), 400);

    let change = Change { avatar_key: Some(None), ..Change::default() };
    update_profile(app.services(), ann.id, change).await.unwrap();
    assert_eq!(app.anybody_gets(&second).await.headers["content-type"], "image/png");
    assert!(app.services().blobs.read(&key.parse().unwrap()).await.is_err(), "the old file is gone");
}
