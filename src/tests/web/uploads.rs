//! Files that the composer sends before the post.

use breezeway::domain::auth::session;
use breezeway::testing::http::{Answer, Http, send};
use breezeway::testing::{Person, TestApp};
use http::Method;

/// A browser in which somebody is signed in, as a script uses it.
struct Tab<'a> {
    app: &'a TestApp,
    cookie: String,
    csrf: String,
}

impl<'a> Tab<'a> {
    async fn of(app: &'a TestApp, person: &Person) -> Self {
        let opened = session::open(app.services(), person.id, "test").await.unwrap();
        let mut conn = app.services().db.read().await.unwrap();
        let found = session::find(app.services(), &mut conn, &opened.token).await.unwrap().unwrap();
        let cookie = format!("{}={}", app.services().config.site.session_cookie(), opened.token);
        Self { app, cookie, csrf: found.csrf_token }
    }

    async fn asks(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Http::default()
            .request(method.clone(), self.app.url(path))
            .header("cookie", &self.cookie)
            .header("accept-language", "de")
            .header("origin", self.app.services().origin.base());
        if method == Method::GET {
            return send(request).await;
        }
        let token = [("csrf", self.csrf.as_str())];
        send(request.form(&[&token[..], fields].concat())).await
    }

    async fn sends(&self, name: &str, bytes: &[u8], csrf: &str) -> Answer {
        let mut body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n\
             --x\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\nred\r\n\
             --x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"{name}\"\r\n\r\n"
        )
        .into_bytes();
        body.extend(bytes);
        body.extend(b"\r\n--x--\r\n");
        let request = Http::default()
            .request(Method::POST, self.app.url("/media"))
            .header("cookie", &self.cookie)
            .header("accept-language", "de")
            .header("origin", self.app.services().origin.base())
            .header("content-type", "multipart/form-data; boundary=x");
        send(request.body(body)).await
    }
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(40, 30, image::Rgb([200, 30, 90]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_file_is_sent_described_cut_and_thrown_away() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let (tab, other) = (Tab::of(&app, &ann).await, Tab::of(&app, &bob).await);

    let slot = tab.sends("a.png", &png(), &tab.csrf).await.ok().text();
    let (_, after) = slot.split_once("name=\"kept\" value=\"").expect("a place in the form");
    let path = format!("/media/{}", after.split_once('"').unwrap().0);
    let sent = tab.asks(Method::GET, &path, &[]).await.ok().json();
    assert_eq!((&sent["kind"], &sent["state"]), (&"image".into(), &"ready".into()));
    assert_eq!((&sent["description"], &sent["width"]), (&"red".into(), &40.into()));
    assert_eq!(sent["problem"], serde_json::Value::Null);
    let preview = sent["preview"].as_str().unwrap();
    assert_eq!(tab.asks(Method::GET, preview, &[]).await.status, 200);
    assert_eq!(other.asks(Method::GET, &path, &[]).await.status, 404);
    assert_eq!(other.asks(Method::POST, &format!("{path}/delete"), &[]).await.status, 404);

    let fields = [("description", "pink"), ("crop", "0,0,0.5,1"), ("focus", "0.25,-1")];
    let cut = tab.asks(Method::POST, &path, &fields).await.ok().json();
    assert_eq!(
        (&cut["description"], &cut["width"], &cut["height"]),
        (&"pink".into(), &20.into(), &30.into())
    );
    assert_eq!(cut["focus"], serde_json::json!([0.25, -1.0]));
    assert_ne!(cut["preview"], sent["preview"], "the browser shall not show the old one");
    let wrong = tab.asks(Method::POST, &path, &[("crop", "0,0,2,1")]).await;
    assert_eq!(wrong.status, 422);

    assert_eq!(tab.asks(Method::POST, &format!("{path}/delete"), &[]).await.status, 204);
    assert_eq!(tab.asks(Method::GET, &path, &[]).await.status, 404);
}

#[tokio::test]
async fn what_is_refused_is_said_and_a_forged_form_brings_nothing() {
    let app = TestApp::build().with(|config| config.media.ffmpeg = String::new()).start().await;
    let ann = app.person("ann").await;
    let tab = Tab::of(&app, &ann).await;

    let refused = tab.sends("a.mp4", b"\0\0\0\x20ftypisom....", &tab.csrf).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("ffmpeg"), "{}", refused.text());
    assert_eq!(tab.sends("a.png", &png(), "forged").await.status, 403);
}

#[tokio::test]
async fn a_file_has_its_name_in_the_form_and_on_the_page() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let tab = Tab::of(&app, &ann).await;

    let slot = tab.sends("Plan.pdf", b"%PDF-1.7", &tab.csrf).await.ok().text();
    assert!(slot.contains("Plan.pdf") && !slot.contains("<img"), "{slot}");
    let (_, after) = slot.split_once("name=\"kept\" value=\"").expect("a place in the form");
    let id = after.split_once('"').unwrap().0;
    let status = ann.posts_with(serde_json::json!({ "status": "The plan", "media_ids": [id] })).await;

    let page =
        tab.asks(Method::GET, &format!("/@ann/{}", status["id"].as_str().unwrap()), &[]).await.ok().text();
    assert!(
        page.contains(&format!("href=\"/media/{id}/original\" download")) && page.contains("Plan.pdf"),
        "{page}"
    );
}
