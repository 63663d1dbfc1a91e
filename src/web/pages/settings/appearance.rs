//! How pages look and behave for a person.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;

use super::refused;
use crate::base::Error;
use crate::base::words::Language;
use crate::domain::auth::settings::{self, Settings, TextSize, Theme};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, wrong};
use crate::web::visit::{LOOK_COOKIE, Member};

/// Where the page is.
const PAGE: &str = "/settings/appearance";

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route(PAGE, get(show).post(save))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Appearance {
    /// To choose from.
    pub languages: Vec<LanguageChoice>,
    /// Some time zones, to complete what one types.
    pub zones: &'static [&'static str],
    /// What is set.
    pub form: AppearanceForm,
}

/// A language of the pages.
#[derive(Debug, Serialize)]
pub struct LanguageChoice {
    /// As in `de`.
    pub tag: &'static str,
    /// As in "Deutsch".
    pub name: &'static str,
}

/// What is set.
#[derive(Debug, Default, Serialize)]
pub struct AppearanceForm {
    /// `system`, `light`, `dark`.
    pub theme: &'static str,
    /// `usual`, `large`, `larger`.
    pub text: &'static str,
    /// As in `de`; empty: as the browser asks.
    pub language: String,
    /// As in `Europe/Berlin`; empty: as the browser has it.
    pub zone: String,
    /// Nothing moves.
    pub still: bool,
    /// Likes and reposts are not counted.
    pub counts_hidden: bool,
    /// Moving pictures begin by themselves.
    pub autoplay: bool,
    /// Single letters do something.
    pub keyboard: bool,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for Appearance {
    const TEMPLATE: &'static str = "pages/settings/appearance.html";
}

/// What colleagues are most likely to choose; any other can be typed.
const ZONES: &[&str] = &[
    "UTC",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Toronto",
    "Asia/Bangkok",
    "Asia/Dubai",
    "Asia/Hong_Kong",
    "Asia/Jakarta",
    "Asia/Jerusalem",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Manila",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Berlin",
    "Europe/Brussels",
    "Europe/Bucharest",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Moscow",
    "Europe/Oslo",
    "Europe/Paris",
    "Europe/Prague",
    "Europe/Rome",
    "Europe/Stockholm",
    "Europe/Vienna",
    "Europe/Warsaw",
    "Europe/Zurich",
    "Pacific/Auckland",
];

/// `GET /settings/appearance`
async fn show(web: State<Web>, member: Member) -> Answer {
    let form = filled(&member.signed.settings);
    page(&web, &member, form).await
}

fn filled(settings: &Settings) -> AppearanceForm {
    AppearanceForm {
        theme: settings.theme.word(),
        text: settings.text.word(),
        language: settings.language.clone().unwrap_or_default(),
        zone: settings.zone.clone().unwrap_or_default(),
        still: settings.still,
        counts_hidden: settings.counts_hidden,
        autoplay: settings.autoplay,
        keyboard: settings.keyboard,
        errors: Errors::new(),
    }
}

async fn page(web: &Web, member: &Member, form: AppearanceForm) -> Answer {
    let languages = Language::ALL.into_iter();
    let languages = languages.map(|one| LanguageChoice { tag: one.tag(), name: one.own_name() }).collect();
    let view = Appearance { languages, zones: ZONES, form };
    let mut conn = web.services().db.read().await?;
    Ok(web.page(&mut conn, &member.visit, Nav::Settings, &view).await?)
}

/// `POST /settings/appearance`
async fn save(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let wanted = |settings: &mut Settings| typed(settings, &posted);
    match settings::change(web.services(), member.id(), wanted).await {
        Ok(settings) => {
            // Said in the language that was just chosen.
            let mut visit = member.visit.clone();
            if let Some(language) = settings.language.as_deref().and_then(Language::by_tag) {
                visit.language = language;
            }
            let flash = Flash::good(visit.say("settings-appearance-saved"));
            let mut answer = redirect::saying(&web, PAGE, &flash);
            remember(&web, &mut answer, settings.theme);
            Ok(answer)
        }
        Err(Error::Invalid { field, problem }) => {
            let (field, subject) =
                if field == "zone" { ("zone", "wrong-zone") } else { ("language", "wrong-language") };
            let mut form = Settings::default();
            typed(&mut form, &posted);
            let errors = wrong(field, member.visit.wrong(subject, &problem));
            refused(page(&web, &member, AppearanceForm { errors, ..filled(&form) }).await)
        }
        Err(error) => Err(error.into()),
    }
}

fn typed(settings: &mut Settings, posted: &Posted) {
    settings.theme = Theme::from_word(posted.get("theme")).unwrap_or(settings.theme);
    settings.text = TextSize::from_word(posted.get("text")).unwrap_or(settings.text);
    settings.language = posted.some("language").map(str::to_owned);
    settings.zone = posted.some("zone").map(str::to_owned);
    settings.still = posted.checked("still");
    settings.counts_hidden = posted.checked("counts_hidden");
    settings.autoplay = posted.checked("autoplay");
    settings.keyboard = posted.checked("keyboard");
}

/// So that the door looks like the house: there nobody is signed in.
fn remember(web: &Web, answer: &mut Response, theme: Theme) {
    let secure = if web.services().config.site.is_secure() { "; Secure" } else { "" };
    let (word, age) = if theme == Theme::System { ("", 0) } else { (theme.word(), 365 * 24 * 3_600) };
    let cookie = format!("{LOOK_COOKIE}={word}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::try_from(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}
