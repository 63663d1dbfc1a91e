//! A person of a test, speaking through the client API as an app on the phone would.

use std::sync::Arc;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use url::Url;

use super::browser::Browser;
use super::eventually;
use super::http::{Answer, Http, send};
use crate::base::id::AccountId;

/// The password of every person of a test.
pub const PASSWORD: &str = "correct horse battery staple";

/// Somebody with an account and a token.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: AccountId,
    pub name: String,
    /// As in `ann@127.0.0.1:4105`.
    pub handle: String,
    pub email: String,
    site: Url,
    token: Arc<str>,
    http: Http,
}

impl Person {
    pub(super) fn new(site: Url, host: &str, name: &str, id: AccountId, token: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            handle: format!("{name}@{host}"),
            email: email_of(name),
            site,
            token: token.into(),
            http: Http::default(),
        }
    }

    /// The token, for requests that a test makes by itself.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// `GET` of the client API.
    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    /// `POST` of the client API, with a JSON body.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }

    /// `PUT` of the client API, with a JSON body.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::PUT, path).json(&body)).await
    }

    /// `DELETE` of the client API.
    pub async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }

    /// A request with the person's token.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = self.site.join(path).expect("a path");
        self.http.request(method, url).bearer_auth(&self.token)
    }

    /// Writes a post as widely as the site allows; answers its entity.
    pub async fn posts(&self, text: &str) -> Value {
        self.posts_with(json!({ "status": text })).await
    }

    /// Writes a post with the parameters of `POST /api/v1/statuses`.
    pub async fn posts_with(&self, parameters: Value) -> Value {
        self.post("/api/v1/statuses", parameters).await.ok().json()
    }

    /// Replies, naming the author as apps do.
    pub async fn replies(&self, to: &Value, text: &str) -> Value {
        let text = format!("@{} {text}", text_of(&to["account"], "acct"));
        self.posts_with(json!({ "status": text, "in_reply_to_id": to["id"] })).await
    }

    /// Does something to a post: `favourite`, `unfavourite`, `reblog`, `unreblog` …
    pub async fn does(&self, verb: &str, status: &Value) -> Value {
        self.post(&format!("/api/v1/statuses/{}/{verb}", text_of(status, "id")), json!({})).await.ok().json()
    }

    /// Finds somebody by handle, across sites, as this person's site knows them.
    pub async fn finds(&self, handle: &str) -> Option<Value> {
        let path = format!("/api/v2/search?type=accounts&resolve=true&q={}", encoded(handle));
        let answer = self.get(&path).await.ok().json();
        answer["accounts"].as_array().and_then(|accounts| accounts.first()).cloned()
    }

    /// Finds a post by its URI, across sites.
    pub async fn finds_status(&self, uri: &str) -> Option<Value> {
        let path = format!("/api/v2/search?type=statuses&resolve=true&q={}", encoded(uri));
        let answer = self.get(&path).await.ok().json();
        answer["statuses"].as_array().and_then(|statuses| statuses.first()).cloned()
    }

    /// Asks to follow somebody; answers the account as this site knows it.
    ///
    /// # Panics
    /// If nobody of that name is found.
    pub async fn asks_to_follow(&self, handle: &str) -> Value {
        let Some(account) = self.finds(handle).await else { panic!("{} finds no {handle}", self.handle) };
        self.post(&format!("/api/v1/accounts/{}/follow", text_of(&account, "id")), json!({})).await.ok();
        account
    }

    /// Follows somebody and waits until the other site agreed.
    pub async fn follows(&self, other: &Person) -> Value {
        let account = self.asks_to_follow(&other.handle).await;
        let id = text_of(&account, "id");
        eventually(&format!("{} follows {}", self.handle, other.handle), async || {
            (self.relationship(&id).await["following"] == true).then_some(())
        })
        .await;
        account
    }

    /// How this person stands to an account.
    pub async fn relationship(&self, account_id: &str) -> Value {
        let answer = self.get(&format!("/api/v1/accounts/relationships?id[]={account_id}")).await.ok().json();
        answer[0].clone()
    }

    /// The home timeline, newest first.
    pub async fn home(&self) -> Vec<Value> {
        self.list("/api/v1/timelines/home").await
    }

    /// The notifications, newest first.
    pub async fn notifications(&self) -> Vec<Value> {
        self.list("/api/v1/notifications").await
    }

    /// The texts of the home timeline, without tags.
    pub async fn reads(&self) -> Vec<String> {
        self.home().await.iter().map(plain).collect()
    }

    /// Waits until a post with this text stands in the home timeline; answers it.
    pub async fn sees(&self, text: &str) -> Value {
        eventually(&format!("{} sees “{text}”", self.handle), async || {
            self.home().await.into_iter().find(|status| plain(status).contains(text))
        })
        .await
    }

    /// Waits until a notification of this kind by somebody is there; answers it.
    pub async fn hears(&self, kind: &str, from: &Person) -> Value {
        self.hears_from(kind, &from.name).await
    }

    /// As [`Person::hears`], of somebody of any site by short name.
    pub async fn hears_from(&self, kind: &str, name: &str) -> Value {
        eventually(&format!("{} hears of a {kind} by {name}", self.handle), async || {
            let all = self.notifications().await;
            all.into_iter().find(|note| note["type"] == kind && note["account"]["username"] == name)
        })
        .await
    }

    /// Uploads a small picture; answers the attachment's entity.
    pub async fn uploads_picture(&self, description: &str) -> Value {
        let picture =
            image::DynamicImage::ImageRgb8(image::RgbImage::from_pixel(48, 32, image::Rgb([180, 40, 30])));
        let mut png = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut png, image::ImageFormat::Png).expect("a picture can be written");
        self.uploads("ladder.png", "image/png", png.get_ref(), description).await.ok().json()
    }

    /// Uploads a file, as a form of several parts.
    pub async fn uploads(&self, name: &str, kind: &str, bytes: &[u8], description: &str) -> Answer {
        const EDGE: &str = "the-edge-between-the-parts";
        let mut body = format!(
            "--{EDGE}\r\ncontent-disposition: form-data; name=\"description\"\r\n\r\n{description}\r\n\
             --{EDGE}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: {kind}\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        let request = self.request(Method::POST, "/api/v2/media");
        send(request.header("content-type", format!("multipart/form-data; boundary={EDGE}")).body(body)).await
    }

    /// A post as the person sees it now; `None` if it is not there for them.
    pub async fn looks_at(&self, status: &Value) -> Option<Value> {
        let answer = self.get(&format!("/api/v1/statuses/{}", text_of(status, "id"))).await;
        (answer.status != StatusCode::NOT_FOUND).then(|| answer.ok().json())
    }

    /// The conversation around a post: ancestors, the post itself, descendants; their texts.
    pub async fn conversation(&self, status: &Value) -> Vec<String> {
        let path = format!("/api/v1/statuses/{}/context", text_of(status, "id"));
        let context = self.get(&path).await.ok().json();
        let list = |name: &str| context[name].as_array().cloned().unwrap_or_default();
        let itself = self.looks_at(status).await.into_iter();
        list("ancestors")
            .into_iter()
            .chain(itself)
            .chain(list("descendants"))
            .map(|status| plain(&status))
            .collect()
    }

    /// A browser in which the person is signed in.
    pub async fn browser(&self) -> Browser {
        let browser = Browser::new(self.site.clone());
        let fields = [("login", self.email.as_str()), ("password", PASSWORD)];
        browser.submit("/sign-in", "/sign-in", &fields).await.ok();
        browser
    }

    async fn list(&self, path: &str) -> Vec<Value> {
        self.get(path).await.ok().json().as_array().cloned().unwrap_or_default()
    }
}

/// The address of a person of a test.
pub fn email_of(name: &str) -> String {
    format!("{name}@example.org")
}

/// A text field of an entity.
///
/// # Panics
/// If it is not there.
#[track_caller]
pub fn text_of(entity: &Value, field: &str) -> String {
    entity[field].as_str().unwrap_or_else(|| panic!("no text {field} in {entity}")).to_owned()
}

/// The text of a status without tags; of a repost, that of the reposted.
pub fn plain(status: &Value) -> String {
    let shown = if status["reblog"].is_object() { &status["reblog"] } else { status };
    let mut text = String::new();
    let mut inside = false;
    for letter in shown["content"].as_str().unwrap_or_default().chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
