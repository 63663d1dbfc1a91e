//! A request of a browser: who reads, where, and what just happened. Read once, before any page.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::cookie::CookieJar;
use tower_http::request_id::RequestId;

use super::failure::{self, Failure};
use super::flash;
use super::guard;
use super::lens::Lens;
use super::state::{Sites, Web};
use super::views::Flash;
use crate::base::id::SessionId;
use crate::base::words::{Language, Told, Words};
use crate::base::{Error, Result};
use crate::domain::accounts::Account;
use crate::domain::auth::settings::TextSize;
use crate::domain::auth::{self, Role};
use crate::domain::instance::{self, About};
use crate::domain::statuses::Reader;

/// Where a browser keeps the look that was chosen in it.
pub const LOOK_COOKIE: &str = "breezeway_look";

/// A request of a browser.
#[derive(Clone)]
pub struct Visit {
    /// Who reads, if somebody is signed in.
    pub signed: Option<Arc<Signed>>,
    /// What just happened.
    pub flash: Option<Flash>,
    /// Path and query.
    pub here: String,
    /// What the site is called and what it is for.
    pub about: About,
    /// The request's own number, to find it in the log.
    pub request_id: String,
    /// What whoever reads would like to read.
    pub language: Language,
    /// `light`, `dark`, or nothing: as the device says.
    pub look: &'static str,
    words: Words,
}

/// Who reads.
pub struct Signed {
    /// The person.
    pub account: Account,
    /// What they may do.
    pub role: Role,
    /// How the pages are to look and behave.
    pub settings: auth::Settings,
    /// The session.
    pub session: SessionId,
    /// Its token, for forms.
    pub csrf: String,
}

impl Signed {
    /// Whether the desk is open to them.
    pub fn is_moderator(&self) -> bool {
        self.role.is_moderator()
    }

    /// Whether they run the site.
    pub fn is_admin(&self) -> bool {
        self.role.is_admin()
    }
}

impl Visit {
    /// Who reads, for the domain.
    pub fn reader(&self) -> Reader {
        self.signed.as_ref().map_or(Reader::Anonymous, |signed| Reader::Person(signed.account.id))
    }

    /// To turn the domain's values into views.
    pub fn lens(&self, web: &Web, sites: &Arc<Sites>) -> Lens {
        Lens::new(web, sites, &self.about.name, self.signed.as_ref().map(|signed| signed.account.id))
    }

    /// The same without whoever is signed in: at the door everybody is a stranger.
    pub fn as_stranger(&self) -> Self {
        Self { signed: None, ..self.clone() }
    }

    async fn read(web: &Web, parts: &Parts) -> Result<Self> {
        let services = web.services();
        let jar = CookieJar::from_headers(&parts.headers);
        let mut conn = services.db.read().await?;
        let signed = match jar.get(&services.config.site.session_cookie()) {
            Some(cookie) => auth::session::find(services, &mut conn, cookie.value()).await?,
            None => None,
        };
        let settings = signed.as_ref().map(|session| &session.user.settings);
        let chosen = settings.and_then(|settings| settings.language.as_deref()).and_then(Language::by_tag);
        let own_look = settings.map(|settings| look(settings.theme.word()));
        Ok(Self {
            signed: signed.map(|session| {
                Arc::new(Signed {
                    role: session.user.role,
                    settings: session.user.settings,
                    session: session.id,
                    csrf: session.csrf_token,
                    account: session.account,
                })
            }),
            flash: jar.get(flash::COOKIE).and_then(|cookie| Flash::from_cookie(cookie.value())),
            request_id: request_id(parts),
            here: parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            about: instance::about(services, &mut conn).await?,
            language: chosen.unwrap_or_else(|| language(&parts.headers)),
            look: own_look.unwrap_or_else(|| jar.get(LOOK_COOKIE).map_or("", |cookie| look(cookie.value()))),
            words: services.words.clone(),
        })
    }

    /// How large letters are: `large`, `larger`, or nothing.
    pub fn text_size(&self) -> &'static str {
        match self.signed.as_ref().map(|signed| signed.settings.text) {
            Some(TextSize::Large) => "large",
            Some(TextSize::Larger) => "larger",
            _ => "",
        }
    }

    /// What the domain says when something cannot be, in the language of whoever reads.
    pub fn problem(&self, english: &str) -> String {
        self.words.problem(self.language, english)
    }

    /// The same as a sentence of its own, with a capital and a full stop.
    pub fn sentence(&self, english: &str) -> String {
        failure::sentence(&self.problem(english))
    }

    /// The same about something: `subject` is a message as `wrong-password`.
    pub fn wrong(&self, subject: &str, english: &str) -> String {
        self.say_with(subject, &[("problem", self.problem(english).into())])
    }

    /// A message, in the language of whoever reads.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A message that is told something, as in `say_with("drafts-kept", &[("n", 3.into())])`.
    pub fn say_with(&self, key: &str, told: &[Told<'_>]) -> String {
        self.words.say(self.language, key, told)
    }
}

/// What the browser would rather read.
fn language(headers: &HeaderMap) -> Language {
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    header.and_then(Language::preferred).unwrap_or_default()
}

/// The look that somebody chose in this browser.
fn look(cookie: &str) -> &'static str {
    match cookie {
        "light" => "light",
        "dark" => "dark",
        _ => "",
    }
}

fn request_id(parts: &Parts) -> String {
    let id = parts.extensions.get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    id.unwrap_or_default().to_owned()
}

/// Reads the visit before a page, and finishes the answer after it.
pub async fn around(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let method = parts.method.clone();
    let secure = web.services().config.site.is_secure();
    let visit = match Visit::read(&web, &parts).await {
        Ok(visit) => visit,
        Err(error) => return failure::bare(&error),
    };
    let mut answer = if guard::comes_from_here(&method, &parts.headers, web.services().origin.base()) {
        parts.extensions.insert(visit.clone());
        next.run(Request::from_parts(parts, body)).await
    } else {
        let address = web.services().origin.base();
        let reason = format!(
            "This form was not sent from a page of this site. Open {address} and try it again there."
        );
        axum::response::IntoResponse::into_response(Failure::from(Error::forbidden(reason)))
    };
    if let Some(error) = failure::of(&mut answer) {
        answer = failure::page(&web, &visit, &method, error).await;
    }
    if visit.flash.is_some() && method == Method::GET && shows_a_page(&answer) {
        forget_flash(answer.headers_mut());
    }
    guard::protect(answer.headers_mut(), secure);
    answer
}

fn shows_a_page(answer: &Response) -> bool {
    answer.status() != StatusCode::SEE_OTHER
        && answer
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn forget_flash(headers: &mut HeaderMap) {
    let gone = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", flash::COOKIE);
    if let Ok(value) = HeaderValue::try_from(gone) {
        headers.append(header::SET_COOKIE, value);
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> std::result::Result<Self, Failure> {
        let missing = || Error::internal("the visit was not read before the page");
        Ok(parts.extensions.get::<Self>().cloned().ok_or_else(missing)?)
    }
}

/// A visit of somebody who is signed in; others are led to the door.
#[derive(Clone)]
pub struct Member {
    /// The visit.
    pub visit: Visit,
    /// Who reads.
    pub signed: Arc<Signed>,
}

impl Member {
    /// Whoever is signed in, if somebody is.
    pub fn of(visit: &Visit) -> Option<Self> {
        visit.signed.clone().map(|signed| Self { visit: visit.clone(), signed })
    }

    /// The person's account.
    pub fn id(&self) -> crate::base::id::AccountId {
        self.signed.account.id
    }

    /// Only moderators go on.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for everybody else.
    pub fn require_moderator(&self) -> Result<()> {
        if self.signed.is_moderator() {
            Ok(())
        } else {
            Err(Error::forbidden("The desk is for the moderators of this site."))
        }
    }

    /// Only administrators go on.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for everybody else.
    pub fn require_admin(&self) -> Result<()> {
        if self.signed.is_admin() {
            Ok(())
        } else {
            Err(Error::forbidden("This is for the administrators of this site."))
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Member {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> std::result::Result<Self, Failure> {
        let visit = Visit::from_request_parts(parts, state).await?;
        let signed = visit.signed.clone().ok_or(Error::Unauthenticated)?;
        Ok(Self { visit, signed })
    }
}
