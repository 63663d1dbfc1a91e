//! The keys, listed; and a switch for whoever does not want single keys to do anything (WCAG 2.1.4).

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum_extra::extract::cookie::CookieJar;
use serde::Serialize;

use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::Nav;
use crate::web::visit::Member;

/// Read by the script, too.
const COOKIE: &str = "breezeway_keys";
/// A year, in seconds.
const KEPT: i64 = 365 * 24 * 3_600;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/keyboard", get(show).post(switch))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Keyboard {
    /// What each key does.
    pub keys: Vec<Key>,
    /// Whether the keys do anything in this browser.
    pub on: bool,
}

/// A key.
#[derive(Debug, Serialize)]
pub struct Key {
    /// What is pressed, as on the key.
    pub keys: &'static [&'static str],
    /// The message that says what it does.
    pub says: &'static str,
}

impl View for Keyboard {
    const TEMPLATE: &'static str = "pages/keyboard.html";
}

/// What each key does.
pub(in crate::web) fn keys() -> Vec<Key> {
    const ALL: [(&[&str], &str); 13] = [
        (&["j"], "keys-next"),
        (&["k"], "keys-previous"),
        (&["Enter"], "keys-open"),
        (&["r"], "keys-reply"),
        (&["l"], "keys-like"),
        (&["b"], "keys-repost"),
        (&["x"], "keys-show"),
        (&["n"], "keys-write"),
        (&["."], "keys-newer"),
        (&["u"], "keys-unread"),
        (&["/"], "keys-search"),
        (&["?"], "keys-help"),
        (&["Esc"], "keys-close"),
    ];
    ALL.into_iter().map(|(keys, says)| Key { keys, says }).collect()
}

/// `GET /keyboard`
pub async fn show(web: State<Web>, member: Member, jar: CookieJar) -> Answer {
    let on = jar.get(COOKIE).is_none_or(|cookie| cookie.value() != "off");
    let mut conn = web.services().db.read().await?;
    let view = Keyboard { keys: keys(), on };
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?)
}

/// `POST /keyboard`: switches the keys on or off in this browser.
pub async fn switch(web: State<Web>, _member: Member, posted: Posted) -> Answer {
    let off = posted.get("keys") == "off";
    let mut answer: Response = redirect::to("/keyboard").into_response();
    let secure = if web.services().config.site.is_secure() { "; Secure" } else { "" };
    // Not for the server alone: the script asks it before a key does anything.
    let (value, kept) = if off { ("off", KEPT) } else { ("", 0) };
    let cookie = format!("{COOKIE}={value}; Path=/; Max-Age={kept}; SameSite=Lax{secure}");
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(answer)
}
