//! What a person takes along and brings: a file with everything, tables from other sites.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use serde::Serialize;

use super::refused;
use crate::base::id::{ExportId, ImportId};
use crate::base::{Error, Millis};
use crate::domain::data::{Failure, ImportKind, Why, depart, export, import};
use crate::platform::limiter::Purpose;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::lens::Lens;
use crate::web::pages::to;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, Time, wrong};
use crate::web::visit::{Member, Visit};

/// Where the page is.
const PAGE: &str = "/settings/data";

/// Lines that are shown of what was not taken over.
const SHOWN: usize = 50;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route(PAGE, get(show))
        .route("/settings/exports", to(PAGE).post(request))
        .route("/settings/exports/{id}", get(fetch))
        .route("/settings/exports/{id}/discard", to(PAGE).post(discard))
        .route("/settings/imports", to(PAGE).post(bring))
        .route("/settings/imports/{id}/{verb}", to(PAGE).post(act))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Data {
    /// Files with everything, the newest first.
    pub exports: Vec<ExportLine>,
    /// Tables from other sites, the latest first.
    pub imports: Vec<ImportLine>,
    /// What tables there are.
    pub kinds: Vec<&'static str>,
    /// Whether one is about to leave.
    pub leaving: bool,
    /// What was typed.
    pub form: DataForm,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct DataForm {
    /// What the table says.
    pub kind: String,
    /// What could not be taken.
    pub errors: Errors,
}

/// A file with everything.
#[derive(Debug, Serialize)]
pub struct ExportLine {
    /// Ours.
    pub id: ExportId,
    /// `waiting`, `ready`, `failed`.
    pub state: &'static str,
    /// As in "12.4 MB".
    pub size: String,
    /// When it was asked for.
    pub at: Time,
    /// Until when it can be fetched.
    pub until: Time,
}

/// A table from another site.
#[derive(Debug, Serialize)]
pub struct ImportLine {
    /// Ours.
    pub id: ImportId,
    /// What it says.
    pub kind: &'static str,
    /// When it came.
    pub at: Time,
    /// Lines.
    pub total: i64,
    /// Lines that are done.
    pub done: i64,
    /// Whether all are.
    pub finished: bool,
    /// Lines that could not be taken over.
    pub failed: usize,
    /// Some of them.
    pub failures: Vec<FailureLine>,
}

/// A line that could not be taken over.
#[derive(Debug, Serialize)]
pub struct FailureLine {
    /// As it stands in the table.
    pub who: String,
    /// Why, in a sentence.
    pub why: String,
}

impl View for Data {
    const TEMPLATE: &'static str = "pages/settings/data.html";
}

/// `GET /settings/data`
async fn show(web: State<Web>, member: Member) -> Answer {
    page(&web, &member, DataForm::default()).await
}

async fn page(web: &Web, member: &Member, form: DataForm) -> Answer {
    let mut conn = web.services().db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let exports = export::list(&mut conn, member.id()).await?;
    let imports = import::list(&mut conn, member.id()).await?;
    let view = Data {
        exports: exports.iter().map(|export| export_line(&lens, export)).collect(),
        imports: imports.iter().map(|import| import_line(&member.visit, &lens, import)).collect(),
        kinds: import::KINDS.iter().map(|kind| kind.word()).collect(),
        leaving: depart::find(&mut conn, member.id()).await?.is_some(),
        form,
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Settings, &view).await?)
}

fn export_line(lens: &Lens, export: &crate::domain::data::Export) -> ExportLine {
    let state = match () {
        () if export.is_ready() => "ready",
        () if export.has_failed() => "failed",
        () => "waiting",
    };
    ExportLine {
        id: export.id,
        state,
        size: size(export.size),
        at: lens.time(export.created_at),
        until: lens.time(export.expires_at),
    }
}

/// As in "12.4 MB".
fn size(bytes: i64) -> String {
    match bytes {
        ..100_000 => format!("{} kB", (bytes + 999) / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

fn import_line(visit: &Visit, lens: &Lens, import: &crate::domain::data::Import) -> ImportLine {
    let failures = import.failures();
    let say = |failure: &Failure| FailureLine {
        who: failure.line.who.clone(),
        why: match &failure.why {
            Why::Unknown => visit.say("settings-import-unknown"),
            Why::Closed => visit.say("settings-import-closed"),
            Why::Unreachable => visit.say("settings-import-unreachable"),
            Why::Refused(reason) => visit.sentence(reason),
        },
    };
    ImportLine {
        id: import.id,
        kind: import.kind.word(),
        at: lens.time(import.created_at),
        total: import.total,
        done: import.position,
        finished: import.finished_at.is_some(),
        failed: failures.len(),
        failures: failures.iter().take(SHOWN).map(say).collect(),
    }
}

/// `POST /settings/exports`
async fn request(web: State<Web>, member: Member, _: Posted) -> Answer {
    let error = match export::request(web.services(), member.id()).await {
        Ok(_) => {
            let flash = Flash::good(member.visit.say("settings-export-asked"));
            return Ok(redirect::saying(&web, PAGE, &flash));
        }
        Err(Error::Conflict { what }) => member.visit.sentence(&what),
        Err(Error::RateLimited { until }) => {
            let minutes = minutes_until(until, web.services().clock.now());
            member.visit.say_with("settings-export-soon", &[("minutes", minutes.into())])
        }
        Err(error) => return Err(error.into()),
    };
    refused(page(&web, &member, DataForm { errors: wrong("export", error), ..DataForm::default() }).await)
}

fn minutes_until(until: Millis, now: Millis) -> i64 {
    (until.0 - now.0).max(0) / 60_000 + 1
}

/// `GET /settings/exports/{id}`: the file, for its owner alone.
async fn fetch(web: State<Web>, member: Member, Path(id): Path<ExportId>) -> Answer {
    let (export, reading) = export::fetch(web.services(), member.id(), id).await?;
    let name = format!("{}-{}.zip", member.signed.account.username, export.created_at.to_date());
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_LENGTH, reading.length.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(reading.into_stream())).into_response())
}

/// `POST /settings/exports/{id}/discard`
async fn discard(web: State<Web>, member: Member, Path(id): Path<ExportId>, _: Posted) -> Answer {
    export::discard(web.services(), member.id(), id).await?;
    Ok(redirect::saying(&web, PAGE, &Flash::good(member.visit.say("settings-export-gone"))))
}

/// `POST /settings/imports`: brings a table.
async fn bring(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let services = web.services();
    services.limiter.check(Purpose::Media, &member.id().to_string())?;
    let Some(kind) = ImportKind::from_word(posted.get("kind")) else {
        let errors = wrong("kind", member.visit.say("settings-import-which"));
        return refused(page(&web, &member, DataForm { errors, ..DataForm::default() }).await);
    };
    let file = posted.files("file").next().cloned().unwrap_or_default();
    let errors = match import::request(services, member.id(), kind, &file).await {
        Ok(_) => {
            let flash = Flash::good(member.visit.say("settings-import-begun"));
            return Ok(redirect::saying(&web, PAGE, &flash));
        }
        Err(Error::Invalid { problem, .. }) => wrong("file", member.visit.wrong("wrong-file", &problem)),
        Err(Error::Conflict { what }) => wrong("file", member.visit.sentence(&what)),
        Err(error) => return Err(error.into()),
    };
    refused(page(&web, &member, DataForm { kind: kind.word().to_owned(), errors }).await)
}

/// `POST /settings/imports/{id}/{verb}`
async fn act(
    web: State<Web>,
    member: Member,
    Path((id, verb)): Path<(ImportId, String)>,
    _: Posted,
) -> Answer {
    let services = web.services();
    let said = match verb.as_str() {
        "retry" => {
            import::retry(services, member.id(), id).await?;
            "settings-import-begun"
        }
        "forget" => {
            import::forget(services, member.id(), id).await?;
            "settings-import-forgotten"
        }
        _ => return Err(Error::not_found("page").into()),
    };
    Ok(redirect::saying(&web, PAGE, &Flash::good(member.visit.say(said))))
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_size_is_said_as_one_would_say_it() {
        assert_eq!(size(1), "1 kB");
        assert_eq!(size(99_001), "100 kB");
        assert_eq!(size(12_460_000), "12.4 MB");
    }
}
