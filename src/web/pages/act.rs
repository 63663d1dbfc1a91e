//! What one does with a post or a person: like, repost, delete; follow, mute, block. Then back to where one was.

use super::to;
use axum::Router;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::base::id::{AccountId, StatusId};
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::follows::{self, follow::Wishes};
use crate::domain::statuses;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::views::{Flash, Undo};
use crate::web::visit::{Member, Visit};

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/posts/{id}/{verb}", get(to_post).post(on_post))
        .route("/people/{id}/{verb}", to("/people").post(on_person))
}

/// Set by the script, which shows the change itself.
const QUIET: &str = "x-quiet";

/// `POST /posts/{id}/{verb}`
pub async fn on_post(
    web: State<Web>,
    member: Member,
    Path((id, verb)): Path<(StatusId, String)>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let (services, me) = (web.services(), member.id());
    match verb.as_str() {
        "like" => statuses::favourite(services, me, id).await?,
        "unlike" => statuses::unfavourite(services, me, id).await?,
        "repost" => drop(statuses::reblog(services, me, id).await?),
        "unrepost" => drop(statuses::unreblog(services, me, id).await?),
        "vote" => return vote(&web, &member, id, &posted).await,
        "keep" => statuses::bookmark(services, me, id).await?,
        "unkeep" => statuses::unbookmark(services, me, id).await?,
        "quiet" => {
            statuses::mute_thread(services, me, id).await?;
            let flash =
                undoable(&member.visit, member.visit.say("act-thread-muted"), format!("/posts/{id}/hear"));
            return Ok(redirect::saying(&web, posted.back(), &flash));
        }
        "hear" => statuses::unmute_thread(services, me, id).await?,
        "pin" => statuses::pin(services, me, id).await?,
        "unpin" => statuses::unpin(services, me, id).await?,
        "unquote" => return unquote(&web, &member, id, &posted).await,
        "delete" => return delete(&web, &member, id, &posted).await,
        _ => return Err(Error::not_found("page").into()),
    }
    if headers.contains_key(QUIET) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(redirect::to_post(posted.back(), id))
}

/// What cannot be counted is said where one was.
async fn vote(web: &Web, member: &Member, id: StatusId, posted: &Posted) -> Answer {
    let choices: Vec<i64> = posted.all("choice").filter_map(|choice| choice.parse().ok()).collect();
    let flash = match statuses::vote(web.services(), member.id(), id, &choices).await {
        Ok(()) => return Ok(redirect::to_post(posted.back(), id)),
        Err(Error::Invalid { field: "poll", problem }) => {
            Flash { bad: true, ..Flash::good(format!("The poll {problem}.")) }
        }
        Err(Error::Invalid { problem, .. }) => {
            Flash { bad: true, ..Flash::good(format!("Your vote {problem}.")) }
        }
        Err(error) => return Err(error.into()),
    };
    Ok(redirect::saying(web, posted.back(), &flash))
}

/// The author of what `id` quotes takes that back.
async fn unquote(web: &Web, member: &Member, id: StatusId, posted: &Posted) -> Answer {
    let services = web.services();
    let quote = statuses::consent::store::find_quote(&mut services.db.read().await?, id).await?;
    let quoted = quote.and_then(|quote| quote.quoted_id).ok_or(Error::not_found("status"))?;
    statuses::consent::interaction::revoke(services, member.id(), quoted, id).await?;
    let said = member.visit.say("act-unquoted");
    Ok(redirect::saying(web, posted.back(), &Flash::good(said)))
}

async fn delete(web: &Web, member: &Member, id: StatusId, posted: &Posted) -> Answer {
    let gone = statuses::delete(web.services(), member.id(), id).await?;
    let token = web.keep_words(member.id(), &gone);
    let flash = Flash::good(member.visit.say("act-deleted"))
        .link(format!("/compose?again={token}"), member.visit.say("act-write-again"));
    // The page of a post that is gone is no place to go back to.
    let back = if posted.back().contains(&id.to_string()) { "/" } else { posted.back() };
    Ok(redirect::saying(web, back, &flash))
}

/// `POST /people/{id}/{verb}`
pub async fn on_person(
    web: State<Web>,
    member: Member,
    Path((id, verb)): Path<(AccountId, String)>,
    posted: Posted,
) -> Answer {
    let (services, me) = (web.services(), member.id());
    match verb.as_str() {
        "follow" => drop(follows::follow(services, me, id, Wishes::default()).await?),
        "unfollow" => drop(follows::unfollow(services, me, id).await?),
        "wishes" => drop(follows::follow(services, me, id, wishes(&posted)).await?),
        "mute" => {
            // Only the form of a person's page says how; elsewhere it is for good and with all.
            let notifications = posted.get("how").is_empty() || posted.checked("notifications");
            drop(follows::mute(services, me, id, notifications, duration(posted.get("for"))).await?);
        }
        "unmute" => drop(follows::unmute(services, me, id).await?),
        "block" => drop(follows::block(services, me, id).await?),
        "unblock" => drop(follows::unblock(services, me, id).await?),
        "accept" => drop(follows::accept(services, me, id).await?),
        "reject" => drop(follows::reject(services, me, id).await?),
        _ => return Err(Error::not_found("page").into()),
    }
    say(&web, &member, id, &verb, posted.back()).await.map_err(Into::into)
}

/// Whom one follows, what one reads of them.
fn wishes(posted: &Posted) -> Wishes {
    let languages =
        posted.get("languages").split([',', ';', ' ']).map(str::trim).filter(|code| !code.is_empty());
    Wishes {
        reblogs: Some(posted.checked("reposts")),
        notify: Some(posted.checked("notify")),
        languages: Some(languages.map(str::to_lowercase).collect()),
    }
}

/// How long a mute lasts; none: until it is taken back.
fn duration(word: &str) -> Option<Duration> {
    match word {
        "hour" => Some(Duration::from_hours(1)),
        "day" => Some(Duration::from_hours(24)),
        "week" => Some(Duration::from_hours(7 * 24)),
        "month" => Some(Duration::from_hours(30 * 24)),
        _ => None,
    }
}

/// What happened, with a way to take it back: `action` is a path of this site.
pub fn undoable(visit: &Visit, text: String, action: String) -> Flash {
    Flash { undo: Some(Undo { action, label: visit.say("ties-undo") }), ..Flash::good(text) }
}

/// Says what happened where the page itself does not show it.
async fn say(web: &Web, member: &Member, id: AccountId, verb: &str, back: &str) -> Result<Response> {
    let mut conn = web.services().db.read().await?;
    let account = accounts::store::get(&mut conn, id).await?;
    let visit = &member.visit;
    let said = |key: &str| visit.say_with(key, &[("name", account.name().into())]);
    let flash = match verb {
        "mute" => undoable(visit, said("act-muted"), format!("/people/{id}/unmute")),
        "block" => undoable(visit, said("act-blocked"), format!("/people/{id}/unblock")),
        "unfollow" => undoable(visit, said("act-unfollowed"), format!("/people/{id}/follow")),
        "accept" => Flash::good(said("act-accepted")),
        "reject" => Flash::good(said("act-rejected")),
        "wishes" => Flash::good(said("act-wishes-saved")),
        _ => return Ok(redirect::to(back)),
    };
    Ok(redirect::saying(web, back, &flash))
}
async fn to_post(Path((id, _)): Path<(StatusId, String)>) -> Response {
    // The page of a post finds its author by itself.
    redirect::to(&format!("/@-/{id}"))
}
