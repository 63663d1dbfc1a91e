//! A program asks to act for a person (OAuth 2, authorisation code).

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;
use url::Url;

use crate::base::Error;
use crate::domain::auth::oauth::{self, Asked, AuthorizeRequest, OAuthError};
use crate::domain::auth::scopes::Scope;
use crate::web::failure::{Answer, sentence};
use crate::web::form::Posted;
use crate::web::guard;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::Nav;
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/oauth/authorize", get(show).post(decide))
        // Mastodon answers with the slash too, and toot relies on it.
        .route("/oauth/authorize/", get(show).post(decide))
}

/// The question, or the code to copy if the program has no address to go on to.
#[derive(Debug, Serialize)]
pub struct Authorize {
    /// The program.
    pub app: String,
    /// Its page.
    pub website: Option<String>,
    /// What it asks for.
    pub scopes: Vec<ScopeLine>,
    /// Where the person goes on to; empty: to a code to copy.
    pub target: String,
    /// What the form sends back.
    pub fields: Vec<HiddenField>,
    /// The code to copy.
    pub code: Option<String>,
}

/// Something that a program asks for.
#[derive(Debug, Serialize)]
pub struct ScopeLine {
    /// As in `write:statuses`.
    pub name: String,
    /// As in `read-statuses`: names what it says in plain words.
    pub label: &'static str,
}

/// What the form sends back.
#[derive(Debug, Serialize)]
pub struct HiddenField {
    /// As in `client_id`.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}

impl View for Authorize {
    const TEMPLATE: &'static str = "pages/authorize.html";
}

/// `GET /oauth/authorize` · <https://docs.joinmastodon.org/methods/oauth/#authorize>
pub async fn show(web: State<Web>, member: Member, Query(request): Query<AuthorizeRequest>) -> Answer {
    let asked = match oauth::check(web.services(), &request).await {
        Ok(asked) => asked,
        Err(error) => return refuse(error, &request),
    };
    let view = Authorize {
        app: asked.app.name.clone(),
        website: asked
            .app
            .website
            .clone()
            .filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        scopes: asked
            .scopes
            .iter()
            .map(|scope| ScopeLine { name: scope.word().to_owned(), label: meaning(scope) })
            .collect(),
        target: target(&asked.redirect_uri),
        fields: fields(&request),
        code: None,
    };
    let mut conn = web.services().db.read().await?;
    let mut answer = web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?;
    guard::allow_form_to(answer.headers_mut(), &asked.redirect_uri);
    Ok(answer)
}

/// `POST /oauth/authorize`
pub async fn decide(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let request = request_of(&posted);
    let asked = match oauth::check(web.services(), &request).await {
        Ok(asked) => asked,
        Err(error) => return refuse(error, &request),
    };
    if posted.get("decision") != "allow" {
        return Ok(send_back(&request, &[("error", "access_denied")]));
    }
    let code = oauth::authorize(web.services(), member.id(), &asked).await?;
    if asked.redirect_uri == oauth::OUT_OF_BAND {
        return show_code(&web, &member, &asked, code).await;
    }
    Ok(send_back(&request, &[("code", &code)]))
}

async fn show_code(web: &Web, member: &Member, asked: &Asked, code: String) -> Answer {
    let view = Authorize {
        app: asked.app.name.clone(),
        website: None,
        scopes: Vec::new(),
        target: String::new(),
        fields: Vec::new(),
        code: Some(code),
    };
    let mut conn = web.services().db.read().await?;
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?)
}

/// Tells the program what it asked wrongly; tells the person where the program cannot be told.
fn refuse(error: OAuthError, request: &AuthorizeRequest) -> Answer {
    match error {
        OAuthError::Other(error) => Err(error.into()),
        OAuthError::InvalidClient | OAuthError::InvalidRedirectUri => Err(Error::forbidden(format!(
            "This program asked in a wrong way. {}",
            sentence(&error.to_string())
        ))
        .into()),
        _ if request.redirect_uri == oauth::OUT_OF_BAND => {
            Err(Error::forbidden(sentence(&error.to_string())).into())
        }
        error => {
            Ok(send_back(request, &[("error", error.code()), ("error_description", &error.to_string())]))
        }
    }
}

/// To the address of the program, which was checked to be one that it registered.
fn send_back(request: &AuthorizeRequest, answer: &[(&str, &str)]) -> Response {
    let Ok(mut url) = Url::parse(&request.redirect_uri) else {
        return crate::web::redirect::to("/");
    };
    url.query_pairs_mut().extend_pairs(answer);
    if let Some(state) = &request.state {
        url.query_pairs_mut().append_pair("state", state);
    }
    let location = HeaderValue::try_from(url.as_str()).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

/// The fields of the question, to come back with the decision.
fn fields(request: &AuthorizeRequest) -> Vec<HiddenField> {
    let given = |name, value: &Option<String>| value.clone().map(|value| HiddenField { name, value });
    [
        given("response_type", &Some(request.response_type.clone())),
        given("client_id", &Some(request.client_id.clone())),
        given("redirect_uri", &Some(request.redirect_uri.clone())),
        given("scope", &request.scope),
        given("state", &request.state),
        given("code_challenge", &request.code_challenge),
        given("code_challenge_method", &request.code_challenge_method),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn request_of(posted: &Posted) -> AuthorizeRequest {
    let some = |name| Some(posted.get(name)).filter(|value| !value.is_empty()).map(str::to_owned);
    AuthorizeRequest {
        response_type: posted.get("response_type").to_owned(),
        client_id: posted.get("client_id").to_owned(),
        redirect_uri: posted.get("redirect_uri").to_owned(),
        scope: some("scope"),
        state: some("state"),
        code_challenge: some("code_challenge"),
        code_challenge_method: some("code_challenge_method"),
    }
}

fn target(redirect_uri: &str) -> String {
    if redirect_uri == oauth::OUT_OF_BAND {
        return String::new();
    }
    match Url::parse(redirect_uri).ok().as_ref().and_then(Url::host_str) {
        Some(host) => host.to_owned(),
        None => redirect_uri.split(':').next().unwrap_or_default().to_owned(),
    }
}

/// As in `read-statuses`: names what it says.
pub fn meaning(scope: Scope) -> &'static str {
    match scope {
        Scope::Profile => "profile",
        Scope::Read => "read",
        Scope::Write => "write",
        Scope::Follow => "follow",
        Scope::Push => "push",
        Scope::ReadStatuses => "read-statuses",
        Scope::ReadAccounts => "read-accounts",
        Scope::ReadNotifications => "read-notifications",
        Scope::ReadSearch => "read-search",
        Scope::WriteStatuses => "write-statuses",
        Scope::WriteMedia => "write-media",
        Scope::WriteFavourites => "write-favourites",
        Scope::WriteFollows => "write-follows",
        Scope::WriteAccounts => "write-accounts",
        Scope::WriteReports => "write-reports",
        other if other.word().starts_with("admin:") => "admin",
        other if other.word().starts_with("read:") => "read-part",
        _ => "write-part",
    }
}
