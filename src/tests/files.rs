//! Videos, sound and files: taken, prepared, shown in parts, kept from those who may not see their post.

use std::process::Command;
use std::time::Duration;

use breezeway::base::id::MediaId;
use breezeway::base::{Clock, Error, Millis};
use breezeway::domain::auth::session;
use breezeway::domain::media::address::{self, Size};
use breezeway::domain::media::{self, Cut, Media, Sent};
use breezeway::domain::statuses::{self, Draft, Visibility};
use breezeway::testing::http::{Answer, Http, send};
use breezeway::testing::{Person, TestApp, eventually};
use bytes::Bytes;

/// A video of a second, made by ffmpeg; none where the machine lacks it.
fn video() -> Option<Bytes> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.mp4");
    let words = "-v error -f lavfi -i testsrc=size=320x240:rate=10:duration=1 -f lavfi -i sine=duration=1 \
                 -metadata title=SECRET -c:v mpeg4 -c:a aac";
    let status = Command::new("ffmpeg").args(words.split_whitespace()).arg(&file).status().ok()?;
    assert!(status.success());
    Some(std::fs::read(file).unwrap().into())
}

async fn upload(app: &TestApp, person: &Person, bytes: &Bytes, name: &str) -> Result<Media, Error> {
    let sent = Sent { bytes: bytes.clone(), name: name.to_owned() };
    media::upload(app.services(), person.id, sent, "").await
}

async fn is_ready(app: &TestApp, person: &Person, id: MediaId) -> Media {
    eventually("the file is prepared", async || {
        let media = media::get_own(app.services(), person.id, id).await.unwrap();
        (media.state != "waiting").then_some(media)
    })
    .await
}

async fn post(app: &TestApp, person: &Person, media: &Media, visibility: Visibility) -> Result<(), Error> {
    let draft = Draft {
        text: "look".to_owned(),
        media: vec![media.id],
        visibility: Some(visibility),
        ..Draft::default()
    };
    statuses::create(app.services(), person.id, draft).await.map(drop)
}

/// What a browser gets in which `person` is signed in.
async fn seen_by(app: &TestApp, person: &Person, path: &str, headers: &[(&str, &str)]) -> Answer {
    let session = session::open(app.services(), person.id, "test").await.unwrap();
    let cookie = app.services().config.site.session_cookie();
    let mut request = Http::default()
        .request(http::Method::GET, app.url(path))
        .header("cookie", format!("{cookie}={}", session.token));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(request).await
}

#[tokio::test]
async fn a_video_waits_is_prepared_and_is_then_for_those_who_may_read_its_post() {
    let Some(bytes) = video() else { return };
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;

    let sent = upload(&app, &ann, &bytes, "IMG_0001.MOV").await.unwrap();
    assert_eq!((sent.kind.as_str(), sent.state.as_str(), &sent.blob_key), ("video", "waiting", &None));
    let media = is_ready(&app, &ann, sent.id).await;

    assert_eq!((media.state.as_str(), media.mime.as_str()), ("ready", "video/mp4"));
    assert_eq!((media.width, media.height, &media.source_key), (320, 240, &None));
    assert!(media.blurhash.is_some() && media.duration_ms > 500, "{media:?}");
    let raw = sent.source_key.unwrap().parse().unwrap();
    assert!(app.services().blobs.read(&raw).await.is_err(), "what was sent is gone");
    let path = address::path(media.id, Size::Original);
    assert_eq!(seen_by(&app, &bob, &path, &[]).await.status, 404, "it is not posted yet");
    post(&app, &ann, &media, Visibility::Organisation).await.unwrap();
    let whole = seen_by(&app, &bob, &path, &[]).await;
    assert_eq!((whole.status.as_u16(), whole.header("content-type")), (200, "video/mp4"));
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert!(!whole.body.windows(6).any(|six| six == b"SECRET"));
    assert_eq!(app.anybody_gets(&path).await.status, 404);
    let poster = seen_by(&app, &bob, &address::path(media.id, Size::Preview), &[]).await;
    assert_eq!(image::load_from_memory(&poster.body).unwrap().width(), 320);
}

#[tokio::test]
async fn a_part_of_a_video_comes_alone_and_by_the_same_rule() {
    let Some(bytes) = video() else { return };
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let sent = upload(&app, &ann, &bytes, "").await.unwrap();
    let media = is_ready(&app, &ann, sent.id).await;
    post(&app, &ann, &media, Visibility::Private).await.unwrap();
    let path = address::path(media.id, Size::Original);
    let whole = seen_by(&app, &ann, &path, &[]).await.ok();

    let part = seen_by(&app, &ann, &path, &[("range", "bytes=10-19")]).await;
    assert_eq!((part.status.as_u16(), &part.body[..]), (206, &whole.body[10..20]));
    assert_eq!(part.header("content-range"), format!("bytes 10-19/{}", whole.body.len()));
    let end = seen_by(&app, &ann, &path, &[("range", "bytes=-5")]).await;
    assert_eq!((end.status.as_u16(), &end.body[..]), (206, &whole.body[whole.body.len() - 5..]));
    let beyond = seen_by(&app, &ann, &path, &[("range", "bytes=99999999-")]).await;
    assert_eq!(beyond.status, 416);
    let other = seen_by(&app, &ann, &path, &[("range", "bytes=10-19"), ("if-range", "\"other\"")]).await;
    assert_eq!((other.status.as_u16(), other.body.len()), (200, whole.body.len()));
    let hidden = seen_by(&app, &bob, &path, &[("range", "bytes=10-19")]).await;
    assert_eq!(hidden.status, 404, "bob does not follow");
}

#[tokio::test]
async fn without_ffmpeg_a_video_is_refused_with_what_to_do() {
    let app = TestApp::build().with(|config| config.media.ffmpeg = String::new()).start().await;
    let ann = app.person("ann").await;
    let bytes = Bytes::from_static(b"\0\0\0\x20ftypisom....");

    let refused = upload(&app, &ann, &bytes, "a.mp4").await.unwrap_err().to_string();

    assert_eq!(
        refused,
        "file is a video or a sound, and this site cannot take those. Ask those who run it to install ffmpeg"
    );
    let instance = app.anybody_gets("/api/v2/instance").await.ok().json();
    let limits = &instance["configuration"]["media_attachments"];
    assert_eq!(limits["video_size_limit"], 0);
    assert!(!limits["supported_mime_types"].to_string().contains("video/"));
}

#[tokio::test]
async fn a_broken_video_fails_with_its_reason_and_cannot_be_posted() {
    if video().is_none() {
        return;
    }
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    let sent = upload(&app, &ann, &Bytes::from_static(b"\0\0\0\x20ftypisom nothing"), "").await.unwrap();
    let failed = is_ready(&app, &ann, sent.id).await;

    assert_eq!(failed.state, "failed");
    assert!(failed.problem.as_ref().unwrap().starts_with("is broken"), "{failed:?}");
    let refused = post(&app, &ann, &failed, Visibility::Organisation).await.unwrap_err();
    assert!(refused.to_string().contains("could not be prepared"), "{refused}");
    media::discard(app.services(), ann.id, failed.id).await.unwrap();
}

#[tokio::test]
async fn what_was_begun_when_the_site_stopped_is_done_when_it_is_back() {
    let Some(bytes) = video() else { return };
    let (clock, hand) = Clock::manual(Millis(1_767_323_045_678));
    let mut app = TestApp::build().clock(clock).start().await;
    let ann = app.person("ann").await;
    // Somebody sits at the bench, so that the work begins and does not end.
    let _bench = app.services().ffmpeg.bench(&app.services().random).await.unwrap();
    let sent = upload(&app, &ann, &bytes, "").await.unwrap();
    eventually("the work is begun", async || due(&app).await.is_none().then_some(())).await;

    let waiting = post(&app, &ann, &sent, Visibility::Organisation).await.unwrap_err();
    assert!(waiting.to_string().contains("are not ready yet"), "{waiting}");
    hand.advance(app.services().config.media.video_time + Duration::from_mins(2));
    assert_eq!(due(&app).await, Some(sent.id), "had the process died, another one would take it over now");
    app.restart().await;

    assert_eq!(is_ready(&app, &ann, sent.id).await.state, "ready");
}

/// What somebody would begin now.
async fn due(app: &TestApp) -> Option<MediaId> {
    let mut conn = app.services().db.read().await.unwrap();
    media::store::jobs::find_due(&mut conn, app.now()).await.unwrap().map(|job| job.media_id)
}

#[tokio::test]
async fn a_file_is_kept_under_its_name_and_never_opened() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    for (bytes, name, mime, called) in [
        (&b"%PDF-1.7 <script>alert(1)</script>"[..], "x.html", "application/pdf", "x.html.pdf"),
        (b"a;b\n", "\u{dc}bersicht.csv", "text/csv", "%C3%9Cbersicht.csv"),
        (b"PK\x03\x04 <html>", "../../x.svg", "application/zip", "x.svg.zip"),
    ] {
        let media = upload(&app, &ann, &Bytes::from_static(bytes), name).await.unwrap();
        assert_eq!((media.kind.as_str(), media.mime.as_str()), ("file", mime));
        post(&app, &ann, &media, Visibility::Organisation).await.unwrap();

        for size in [Size::Original, Size::Preview, Size::Large] {
            let seen = seen_by(&app, &bob, &address::path(media.id, size), &[]).await;
            if size != Size::Original {
                assert_eq!(seen.status, 404, "a file has no picture");
                continue;
            }
            assert_eq!((seen.status.as_u16(), &seen.body[..]), (200, bytes));
            assert_eq!(seen.header("content-type"), mime);
            assert_eq!(seen.header("x-content-type-options"), "nosniff");
            assert_eq!(seen.header("content-security-policy"), "default-src 'none'; sandbox");
            let kept = seen.header("content-disposition");
            assert!(kept.starts_with("attachment; ") && kept.ends_with(called), "{kept}");
        }
    }
    let refused = upload(&app, &ann, &Bytes::from_static(b"<svg/>"), "x.txt").await;
    assert!(matches!(refused, Err(Error::Invalid { field: "file", .. })));
}

fn wide() -> Bytes {
    let picture =
        image::RgbImage::from_fn(2000, 1000, |x, _| image::Rgb([if x < 1000 { 200 } else { 10 }, 9, 90]));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    jpeg.into_inner().into()
}

#[tokio::test]
async fn a_picture_comes_in_three_sizes_and_may_be_cut_before_it_is_posted() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let before = upload(&app, &ann, &wide(), "a.jpg").await.unwrap();
    let width = async |size| {
        let seen = seen_by(&app, &ann, &address::path(before.id, size), &[]).await.ok();
        image::load_from_memory(&seen.body).unwrap().width()
    };
    let widths = [width(Size::Original).await, width(Size::Large).await, width(Size::Preview).await];
    assert_eq!(widths, [2000, 1280, 640]);
    let known = seen_by(&app, &ann, &address::path(before.id, Size::Original), &[]).await;

    let left = Cut { x: 0.0, y: 0.25, width: 0.5, height: 0.5 };
    let foreign = media::crop(app.services(), bob.id, before.id, left, None).await;
    assert!(matches!(foreign, Err(Error::NotFound { .. })));
    let outside = Cut { x: 0.8, ..left };
    assert!(media::crop(app.services(), ann.id, before.id, outside, None).await.is_err());
    let cut = media::crop(app.services(), ann.id, before.id, left, Some((0.5, -0.5))).await.unwrap();

    assert_eq!((cut.width, cut.height, &cut.large_key), (1000, 500, &None));
    assert_eq!((cut.focus_x, cut.focus_y), (0.5, -0.5));
    let path = address::path(cut.id, Size::Original);
    let seen = seen_by(&app, &ann, &path, &[("if-none-match", known.header("etag"))]).await.ok();
    let picture = image::load_from_memory(&seen.body).unwrap().into_rgb8();
    assert!(picture.get_pixel(990, 250).0[0] > 150, "only the left half is left");
    for key in before.clone().keys() {
        assert!(app.services().blobs.read(&key.parse().unwrap()).await.is_err(), "{key} is gone");
    }
    post(&app, &ann, &cut, Visibility::Organisation).await.unwrap();
    let late = media::crop(app.services(), ann.id, cut.id, left, None).await;
    assert!(matches!(late, Err(Error::Conflict { .. })));
    assert!(matches!(media::discard(app.services(), ann.id, cut.id).await, Err(Error::Conflict { .. })));
}

#[tokio::test]
async fn an_upload_that_is_thrown_away_is_gone_with_its_files() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let media = upload(&app, &ann, &wide(), "a.jpg").await.unwrap();

    assert!(media::discard(app.services(), bob.id, media.id).await.is_err());
    media::discard(app.services(), ann.id, media.id).await.unwrap();

    assert!(media::get_own(app.services(), ann.id, media.id).await.is_err());
    let keys: Vec<String> = media.keys().collect();
    assert_eq!(keys.len(), 3);
    for key in keys {
        assert!(app.services().blobs.read(&key.parse().unwrap()).await.is_err());
    }
}

#[tokio::test]
async fn copies_that_nobody_looked_at_for_longest_go_first() {
    use breezeway::platform::blobs::BlobKey;

    let (clock, hand) = Clock::manual(Millis(1_767_323_045_678));
    let app = TestApp::build()
        .clock(clock)
        .with(|config| config.media.copies_max = "250 B".parse().unwrap())
        .start()
        .await;
    let keys: Vec<BlobKey> =
        (0..4).map(|n| BlobKey::copy_of(&format!("https://sales.example/{n}"))).collect();
    for key in &keys {
        app.services().blobs.put(key, vec![0; 100]).await.unwrap();
        media::copies::used(app.services(), key, "sales.example", 100).await.unwrap();
        hand.advance(Duration::from_hours(25));
    }
    // The oldest is looked at again.
    media::copies::used(app.services(), &keys[0], "sales.example", 100).await.unwrap();

    media::copies::evict(app.services()).await.unwrap();

    let mut left = Vec::new();
    for key in &keys {
        left.push(app.services().blobs.read(key).await.is_ok());
    }
    assert_eq!(left, [true, false, false, true]);
    media::copies::evict(app.services()).await.unwrap();
    assert!(app.services().blobs.read(&keys[0]).await.is_ok(), "what fits stays");
}
