//! Videos, sound and files between sites.

use std::process::Command;

use breezeway::testing::http::{Answer, Http, send};
use breezeway::testing::{Person, eventually, text_of};
use serde_json::{Value, json};

use federation_tests::World;

/// A video or a sound of a second, made by ffmpeg; none where the machine lacks it.
fn made(words: &str, end: &str) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("a.{end}"));
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error"]).args(words.split_whitespace()).arg(&file);
    assert!(command.status().ok()?.success());
    Some(std::fs::read(file).unwrap())
}

async fn posts(ann: &Person, name: &str, bytes: &[u8], alt: &str, text: &str) {
    let media = ann.uploads(name, "application/octet-stream", bytes, alt).await.ok().json();
    let path = format!("/api/v1/media/{}", text_of(&media, "id"));
    eventually("it is prepared", async || (ann.get(&path).await.status == 200).then_some(())).await;
    ann.posts_with(json!({ "status": text, "media_ids": [media["id"]] })).await;
}

async fn fetched(attachment: &Value, field: &str, range: Option<&str>) -> Answer {
    let address = attachment[field].as_str().unwrap().parse().unwrap();
    let mut request = Http::default().request("GET".parse().unwrap(), address);
    if let Some(range) = range {
        request = request.header("range", range);
    }
    send(request).await
}

#[tokio::test]
async fn a_video_arrives_and_is_seen_through_the_readers_own_site() {
    let words = "-f lavfi -i testsrc=size=320x240:rate=10:duration=1 -c:v mpeg4";
    let Some(bytes) = made(words, "mp4") else { return };
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;

    posts(&ann, "a.mp4", &bytes, "A test picture that moves", "Film night").await;

    let seen = bob.sees("Film night").await;
    let video = &seen["media_attachments"][0];
    assert_eq!(
        (&video["type"], &video["description"]),
        (&json!("video"), &json!("A test picture that moves"))
    );
    assert_eq!(video["meta"]["original"]["size"], "320x240");
    assert!(video["meta"]["duration"].as_f64().unwrap() > 0.5);
    let whole = fetched(video, "url", None).await.ok();
    assert_eq!((whole.header("content-type"), &whole.body[4..8]), ("video/mp4", &b"ftyp"[..]));
    let part = fetched(video, "url", Some("bytes=4-7")).await;
    assert_eq!((part.status.as_u16(), &part.body[..]), (206, &b"ftyp"[..]));
    assert_eq!(part.header("content-range"), format!("bytes 4-7/{}", whole.body.len()));
    let poster = fetched(video, "preview_url", None).await.ok();
    assert!(poster.header("content-type").starts_with("image/"));
}

#[tokio::test]
async fn sound_arrives_as_sound() {
    let Some(bytes) = made("-f lavfi -i sine=duration=1", "mp3") else { return };
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;

    posts(&ann, "a.mp3", &bytes, "A tone", "Listen").await;

    let seen = bob.sees("Listen").await;
    let sound = &seen["media_attachments"][0];
    assert_eq!((&sound["type"], &sound["description"]), (&json!("audio"), &json!("A tone")));
    assert_eq!(fetched(sound, "url", None).await.ok().header("content-type"), "audio/mp4");
}

#[tokio::test]
async fn a_file_arrives_under_its_name_and_is_never_opened() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;

    posts(&ann, "\u{dc}bersicht 2026.html", b"%PDF-1.7 <script>", "", "The plan").await;

    let seen = bob.sees("The plan").await;
    let file = &seen["media_attachments"][0];
    assert_eq!(
        (&file["type"], &file["description"]),
        (&json!("unknown"), &json!("\u{dc}bersicht 2026.html.pdf"))
    );
    let kept = fetched(file, "url", None).await.ok();
    assert_eq!((kept.header("content-type"), &kept.body[..]), ("application/pdf", &b"%PDF-1.7 <script>"[..]));
    assert!(kept.header("content-disposition").starts_with("attachment; "));
    assert!(kept.header("content-disposition").ends_with("%C3%9Cbersicht%202026.html.pdf"));
    assert_eq!(kept.header("content-security-policy"), "default-src 'none'; sandbox");
}
