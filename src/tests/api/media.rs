//! Pictures: uploaded, described, posted.

use std::io::Cursor;

use breezeway::testing::http::{Answer, send};
use breezeway::testing::person::text_of;
use breezeway::testing::{Person, TestApp};
use http::{Method, StatusCode};
use serde_json::json;

/// A picture of 40 by 30 pixels.
fn png() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(40, 30, image::Rgb([200, 30, 90]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn sends(
    person: &Person,
    method: Method,
    path: &str,
    file: (&str, &[u8]),
    fields: &[(&str, &str)],
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.as_bytes());
    }
    let head = format!(
        "--x\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n",
        file.0
    );
    body.extend(head.as_bytes());
    body.extend(file.1);
    body.extend(b"\r\n--x--\r\n");
    let request = person.request(method, path).header("content-type", "multipart/form-data; boundary=x");
    send(request.body(body)).await
}

#[tokio::test]
async fn a_picture_is_uploaded_described_and_posted() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let fields = [("description", "red"), ("focus", "0.5,-0.5")];

    let media = sends(&ann, Method::POST, "/api/v2/media", ("file", &png()), &fields).await.ok().json();

    assert_eq!((&media["type"], &media["description"]), (&json!("image"), &json!("red")));
    assert_eq!(media["meta"]["original"]["size"], "40x30");
    assert_eq!(media["meta"]["focus"], json!({ "x": 0.5, "y": -0.5 }));
    let path = format!("/api/v1/media/{}", text_of(&media, "id"));
    assert_eq!(bob.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ann.put(&path, json!({ "description": "pink" })).await.ok().json()["description"], "pink");
    let status = ann.posts_with(json!({ "media_ids": [media["id"]] })).await;
    let shown = bob.looks_at(&status).await.unwrap()["media_attachments"][0].clone();
    assert_eq!(shown["description"], "pink");
    for field in ["url", "preview_url"] {
        let url: url::Url = text_of(&shown, field).parse().unwrap();
        let picture = app.anybody_gets(&format!("{}?{}", url.path(), url.query().unwrap())).await.ok();
        assert!(picture.header("content-type").starts_with("image/"), "{field}");
    }
    let again = bob.post("/api/v1/statuses", json!({ "media_ids": [media["id"]] })).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_edit_may_describe_a_picture_anew() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let media = sends(&ann, Method::POST, "/api/v1/media", ("file", &png()), &[]).await.ok().json();
    let status = ann.posts_with(json!({ "status": "Look", "media_ids": [media["id"]] })).await;

    let edit = json!({
        "status": "Look here", "media_ids": [media["id"]],
        "media_attributes": [{ "id": media["id"], "description": "a red wall" }],
    });
    let edited = ann.put(&format!("/api/v1/statuses/{}", text_of(&status, "id")), edit).await.ok().json();

    assert_eq!(edited["media_attachments"][0]["description"], "a red wall");
}

#[tokio::test]
async fn what_is_no_picture_is_refused() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    let text = sends(&ann, Method::POST, "/api/v2/media", ("file", b"hello"), &[]).await;
    assert_eq!(text.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nothing = ann.post("/api/v2/media", json!({})).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_face_is_chosen_and_taken_away() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let before = ann.get("/api/v1/accounts/verify_credentials").await.ok().json();

    let path = "/api/v1/accounts/update_credentials";
    let with =
        sends(&ann, Method::PATCH, path, ("avatar", &png()), &[("display_name", "A")]).await.ok().json();

    assert_eq!(with["display_name"], "A");
    assert_ne!(with["avatar"], before["avatar"]);
    let url: url::Url = text_of(&with, "avatar").parse().unwrap();
    app.anybody_gets(&format!("{}?{}", url.path(), url.query().unwrap())).await.ok();
    let without = ann.delete("/api/v1/profile/avatar").await.ok().json();
    assert_ne!(without["avatar"], with["avatar"]);
}
