//! One other site, for administrators: how deliveries to it stand, what was given up, and what is wrong with it.

use super::sites;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;

use super::sites::state_of;
use crate::base::id::DeliveryId;
use crate::base::{Error, Result};
use crate::domain::organisation::deliveries::{self, Cause, DeadLetter, SiteQueue, Which};
use crate::domain::organisation::{self, By};
use crate::federation::doctor::{self, Report, Verdict};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::lens::Lens;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Flash, Nav, SiteChip, Time};
use crate::web::visit::{Member, Visit};

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/desk/sites/{id}", get(show))
        .route("/desk/sites/{id}/{verb}", get(to_site).post(sites::act))
}

/// How many dead letters the page shows; the command line shows all.
const SHOWN: i64 = 50;

/// The page.
#[derive(Debug, Serialize)]
pub struct SitePage {
    /// Name and address.
    pub site: SiteChip,
    /// As in `accepted`.
    pub state: &'static str,
    /// Whether it takes what is sent.
    pub well: bool,
    /// In a sentence.
    pub summary: String,
    /// Moments and figures.
    pub facts: Vec<Fact>,
    /// Whether it is being left alone and can be tried at once.
    pub may_try: bool,
    /// What was given up, the oldest first.
    pub letters: Vec<LetterLine>,
    /// How many there are in all.
    pub dead: i64,
    /// What a look at the site found, if one was just taken.
    pub checkup: Option<Checkup>,
}

/// A line of a list.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// As in `waiting`: names what it is called.
    pub label: &'static str,
    /// As in "Waiting", in words.
    pub text: String,
    /// Whether that is what somebody else said, in their words.
    pub said: bool,
    /// When, if it is a moment.
    pub at: Option<Time>,
}

/// What was given up.
#[derive(Debug, Serialize)]
pub struct LetterLine {
    /// Its number.
    pub id: DeliveryId,
    /// As in "Create".
    pub kind: String,
    /// The post, if it is about one.
    pub post: Option<String>,
    /// As in `refused`.
    pub cause: &'static str,
    /// What the other site said.
    pub error: String,
    /// Given up.
    pub at: Time,
}

/// What a look at the site found.
#[derive(Debug, Serialize)]
pub struct Checkup {
    /// In a sentence.
    pub summary: String,
    /// Whether something does not work.
    pub bad: bool,
    /// In order.
    pub steps: Vec<StepLine>,
}

/// A step.
#[derive(Debug, Serialize)]
pub struct StepLine {
    /// As in "certificate".
    pub name: &'static str,
    /// `ok`, `warn`, `fail` or `skipped`.
    pub verdict: &'static str,
    /// What was found.
    pub found: String,
    /// What to mend: words, and lines for a configuration file.
    pub mend: Option<String>,
}

impl View for SitePage {
    const TEMPLATE: &'static str = "pages/site.html";
}

/// `GET /desk/sites/{host}`
pub async fn show(web: State<Web>, member: Member, Path(host): Path<String>) -> Answer {
    member.require_admin()?;
    page(&web, &member, &host, None).await
}

/// `POST /desk/sites/{host}/{verb}`, for what concerns deliveries; `None` for other verbs.
pub async fn act(
    web: &Web,
    member: &Member,
    (host, verb): (&str, &str),
    posted: &Posted,
) -> Result<Option<Answer>> {
    let by = By::Person(member.id());
    let services = web.services();
    let said = match verb {
        "check" => {
            let report = doctor::examine(services, host).await?;
            return Ok(Some(page(web, member, host, Some(report)).await));
        }
        "try" => {
            deliveries::try_now(services, by, host).await?;
            member.visit.say("site-tried")
        }
        "resend" => {
            let count = deliveries::retry(services, by, &which(host, posted)?).await?;
            member.visit.say_with("site-resent", &[("n", count.into())])
        }
        "discard" => {
            let count = deliveries::discard(services, by, &which(host, posted)?).await?;
            member.visit.say_with("site-discarded", &[("n", count.into())])
        }
        _ => return Ok(None),
    };
    Ok(Some(Ok(redirect::saying(web, &format!("/desk/sites/{host}"), &Flash::good(said)))))
}

/// The letter that the button names, or all for the site.
fn which(host: &str, posted: &Posted) -> Result<Which> {
    if posted.some("letter").is_some() {
        return Ok(Which::These(vec![posted.id("letter")?]));
    }
    Ok(Which::Of(host.to_owned()))
}

async fn page(web: &Web, member: &Member, host: &str, report: Option<Report>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let host = host.to_lowercase();
    let peer = organisation::store::find(&mut conn, &host).await?;
    let queue = deliveries::queue(&mut conn, &host).await?;
    if peer.is_none() && queue == SiteQueue::new(&host) {
        return Err(Error::not_found("site").into());
    }
    let letters = deliveries::store::list_dead(&mut conn, &host, DeliveryId(0), SHOWN).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let view = SitePage {
        site: lens.chip(&host).unwrap_or_else(|| SiteChip { name: host.clone(), host: host.clone() }),
        state: peer.as_ref().map_or("none", |peer| state_of(peer).0),
        well: !queue.is_failing() && queue.dead == 0,
        summary: summary(&member.visit, &queue, &lens),
        facts: facts(&member.visit, &queue, &lens),
        may_try: queue.is_failing(),
        dead: queue.dead,
        letters: letters.into_iter().map(|letter| line(letter, &lens)).collect(),
        checkup: report.map(|report| checkup(&member.visit, report)),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Desk, &view).await?)
}

/// How deliveries stand, in a sentence.
pub fn summary(visit: &Visit, queue: &SiteQueue, lens: &Lens) -> String {
    let count = || [("n", queue.waiting.into())];
    let waiting = match queue.waiting {
        0 => String::new(),
        _ => format!("; {}", visit.say_with("site-waiting", &count())),
    };
    let since = |key: &str, since: String| visit.say_with(key, &[("since", since.into())]) + &waiting;
    if let Some(gone) = queue.unavailable_since {
        return since("site-gone", lens.time(queue.failing_since.unwrap_or(gone)).absolute);
    }
    if queue.failures > 0 {
        return since(
            "site-silent",
            queue.failing_since.map(|at| lens.time(at).absolute).unwrap_or_default(),
        );
    }
    match (queue.waiting, queue.last_success_at) {
        (0, None) => visit.say("site-nothing-sent"),
        (0, Some(_)) => visit.say("site-takes"),
        _ => visit.say_with("site-on-its-way", &count()),
    }
}

fn facts(visit: &Visit, queue: &SiteQueue, lens: &Lens) -> Vec<Fact> {
    let text = |label, text: String| Fact { label, text, said: false, at: None };
    let moment = |label, at| Fact { label, text: String::new(), said: false, at: Some(lens.time(at)) };
    let mut facts = vec![text("waiting", queue.waiting.to_string())];
    facts.extend(queue.oldest_at.map(|at| moment("oldest", at)));
    facts.push(match queue.last_success_at {
        Some(at) => moment("taken", at),
        None => text("taken", visit.say("site-never")),
    });
    if let Some(error) = &queue.last_error {
        facts.push(Fact {
            label: "error",
            text: error.clone(),
            said: true,
            at: queue.last_error_at.map(|at| lens.time(at)),
        });
    }
    if queue.failures > 0 {
        facts.push(text("failures", queue.failures.to_string()));
    }
    facts.extend(queue.retry_at.filter(|at| *at > lens.now()).map(|at| text("next", lens.time(at).absolute)));
    facts.push(text("given-up", queue.dead.to_string()));
    if queue.dropped > 0 {
        facts.push(text("dropped", queue.dropped.to_string()));
    }
    facts.extend(queue.signature_style.clone().map(|style| Fact { said: true, ..text("signatures", style) }));
    facts
}

fn line(letter: DeadLetter, lens: &Lens) -> LetterLine {
    LetterLine {
        id: letter.id,
        kind: if letter.kind.is_empty() { "Activity".to_owned() } else { letter.kind },
        post: letter.about,
        cause: match letter.cause {
            Cause::Refused => "refused",
            Cause::Unreachable => "unreachable",
            Cause::Stopped => "stopped",
        },
        error: letter.error,
        at: lens.time(letter.dead_at),
    }
}

fn checkup(visit: &Visit, report: Report) -> Checkup {
    let failed: Vec<&str> = report.failed().map(|step| step.name).collect();
    let bad = !failed.is_empty();
    let warned = report.steps.iter().filter(|step| step.verdict == Verdict::Warn).count();
    let summary = match (failed.as_slice(), warned) {
        ([], 0) => visit.say("site-works"),
        ([], _) => visit.say("site-warned"),
        (failed, _) => visit.say_with("site-broken", &[("steps", failed.join(", ").into())]),
    };
    let word = |verdict| match verdict {
        Verdict::Ok => "ok",
        Verdict::Warn => "warn",
        Verdict::Fail => "fail",
        Verdict::Skipped => "skipped",
    };
    let steps = report.steps.into_iter().map(|step| StepLine {
        name: step.name,
        verdict: word(step.verdict),
        found: step.found,
        mend: step.mend,
    });
    Checkup { summary, bad, steps: steps.collect() }
}

async fn to_site(Path((host, _)): Path<(String, String)>) -> Response {
    redirect::to(&format!("/desk/sites/{host}"))
}
