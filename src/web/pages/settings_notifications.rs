//! Settings: of what one hears, and how; digests; hours of rest; whose notifications are held back; this browser.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use serde::Serialize;

use super::to;
use crate::base::config::DigestRhythm;
use crate::base::{Error, Result};
use crate::domain::auth::confirm;
use crate::domain::mail::wishes::Choice;
use crate::domain::mail::{self, Wishes};
use crate::domain::notifications::{Kind, Policy, Verdict, Ways, policy, wishes};
use crate::domain::push::{self, NewSubscription, Owner};
use crate::web::failure::{Answer, sentence};
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Flash, Nav, wrong};
use crate::web::visit::Member;

const PATH: &str = "/settings/notifications";

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route(PATH, get(show).post(save))
        .route("/settings/notifications/confirm", to(PATH).post(ask_confirmation))
        .route("/settings/notifications/push", to(PATH).post(subscribe))
        .route("/settings/notifications/push/end", to(PATH).post(unsubscribe))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct NotificationSettings {
    /// Of what one hears.
    pub kinds: Vec<KindRow>,
    /// Whose notifications are held back.
    pub policies: Vec<PolicyRow>,
    /// About mail.
    pub mail: MailForm,
    /// For this browser, where push is on.
    pub push: Option<PushForm>,
    /// What could not be taken.
    pub form: Form,
}

/// What could not be taken.
#[derive(Debug, Default, Serialize)]
pub struct Form {
    /// By field.
    pub errors: Errors,
}

/// A kind of notifications.
#[derive(Debug, Serialize)]
pub struct KindRow {
    /// As in `mention`; `.` is `-`.
    pub key: String,
    /// In words.
    pub label: String,
    /// On the page.
    pub page: bool,
    /// By push.
    pub push: bool,
    /// By mail.
    pub mail: bool,
    /// Whether it can be turned off.
    pub fixed: bool,
}

/// Notifications by certain people.
#[derive(Debug, Serialize)]
pub struct PolicyRow {
    /// The field.
    pub key: &'static str,
    /// In words.
    pub label: String,
    /// As in `accept`.
    pub verdict: &'static str,
}

/// About mail.
#[derive(Debug, Default, Serialize)]
pub struct MailForm {
    /// Whether mails leave this site.
    pub on: bool,
    /// The address.
    pub address: String,
    /// Whether it is known to be theirs.
    pub confirmed: bool,
    /// As in `weekly`.
    pub digest: String,
    /// Of the digest.
    pub hour: i64,
    /// From 1, Monday.
    pub weekday: i64,
    /// As in `Europe/Berlin`.
    pub zone: String,
    /// As in `de`; empty: as the site.
    pub language: String,
    /// Whether there are hours of rest.
    pub quiet: bool,
    /// The first of them.
    pub quiet_from: i64,
    /// The first after them.
    pub quiet_until: i64,
    /// No mails about notifications.
    pub news_off: bool,
}

/// For this browser.
#[derive(Debug, Serialize)]
pub struct PushForm {
    /// The site's key.
    pub key: String,
    /// Whether this browser is woken.
    pub subscribed: bool,
}

impl View for NotificationSettings {
    const TEMPLATE: &'static str = "pages/settings_notifications.html";
}

/// `GET /settings/notifications`
pub async fn show(web: State<Web>, member: Member) -> Answer {
    page(&web, &member, Form::default()).await
}

async fn page(web: &Web, member: &Member, form: Form) -> Answer {
    let (services, me) = (web.services(), member.id());
    let key = push::public_key(services).await?;
    let mut conn = services.db.read().await?;
    let user = crate::domain::auth::store::get(&mut conn, me).await?;
    let wished = mail::wishes::get(services, &mut conn, me).await?;
    let owner = Owner::Session(member.signed.session);
    let subscribed = push::store::find_of(&mut conn, owner).await?.is_some();
    let kinds = wishes::get(&mut conn, me).await?;
    let policy = policy::get(&mut conn, me).await?;
    let confirmed = confirm::is_confirmed(&mut conn, me).await?;
    let view = NotificationSettings {
        kinds: kinds
            .into_iter()
            .filter(|(kind, _)| *kind != Kind::AdminReport || member.signed.is_moderator())
            .map(|(kind, ways)| kind_row(member, kind, ways))
            .collect(),
        policies: policy_rows(member, &policy),
        mail: mail_form(services.mail.is_on(), user.email, confirmed, wished),
        push: key.map(|key| PushForm { key, subscribed }),
        form,
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Settings, &view).await?)
}

fn kind_row(member: &Member, kind: Kind, ways: Ways) -> KindRow {
    let key = kind.word().replace(['.', '_'], "-");
    KindRow {
        label: member.visit.say(&format!("telling-kind-{key}")),
        key,
        page: ways.page,
        push: ways.push,
        mail: ways.mail,
        fixed: kind == Kind::AdminReport,
    }
}

fn policy_rows(member: &Member, policy: &Policy) -> Vec<PolicyRow> {
    [
        ("not_following", policy.not_following),
        ("not_followers", policy.not_followers),
        ("new_accounts", policy.new_accounts),
        ("private_mentions", policy.private_mentions),
        ("limited", policy.limited),
    ]
    .into_iter()
    .map(|(key, verdict)| PolicyRow {
        key,
        label: member.visit.say(&format!("telling-policy-{}", key.replace('_', "-"))),
        verdict: verdict.word(),
    })
    .collect()
}

fn mail_form(on: bool, address: String, confirmed: bool, wished: Wishes) -> MailForm {
    MailForm {
        on,
        address,
        confirmed,
        digest: wished.digest,
        hour: wished.hour,
        weekday: wished.weekday,
        zone: wished.zone,
        language: wished.language,
        quiet: wished.quiet_from.is_some(),
        quiet_from: wished.quiet_from.unwrap_or(20),
        quiet_until: wished.quiet_until.unwrap_or(7),
        news_off: wished.news_off,
    }
}

/// `POST /settings/notifications`
pub async fn save(web: State<Web>, member: Member, posted: Posted) -> Answer {
    match choose(&web, &member, &posted).await {
        Ok(()) => Ok(redirect::saying(&web, PATH, &Flash::good(member.visit.say("telling-saved")))),
        Err(error @ Error::Invalid { .. }) => {
            let errors = match &error {
                Error::Invalid { field: "zone", .. } => wrong("zone", member.visit.say("telling-zone-wrong")),
                other => wrong("form", sentence(&other.to_string())),
            };
            let mut answer = page(&web, &member, Form { errors }).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

async fn choose(web: &Web, member: &Member, posted: &Posted) -> Result<()> {
    let (services, me) = (web.services(), member.id());
    let mut conn = services.db.read().await?;
    let (before, policy) =
        (mail::wishes::get(services, &mut conn, me).await?, policy::get(&mut conn, me).await?);
    drop(conn);
    // What is refused is refused before anything is written.
    mail::wishes::choose(services, me, mail_choice(services.mail.is_on(), posted, &before)).await?;
    let kinds: Vec<(Kind, Ways)> = Kind::ALL
        .into_iter()
        .filter(|kind| *kind != Kind::AdminReport || member.signed.is_moderator())
        .map(|kind| {
            let key = kind.word().replace(['.', '_'], "-");
            let checked = |way: &str| posted.checked(&format!("{way}-{key}"));
            let page = checked("page") || kind == Kind::AdminReport;
            (kind, Ways { page, push: checked("push"), mail: checked("mail") })
        })
        .collect();
    wishes::choose(services, me, &kinds).await?;
    let verdict = |field: &str, before: Verdict| Verdict::from_word(posted.get(field)).unwrap_or(before);
    let decided = Policy {
        account_id: me,
        not_following: verdict("not_following", policy.not_following),
        not_followers: verdict("not_followers", policy.not_followers),
        new_accounts: verdict("new_accounts", policy.new_accounts),
        private_mentions: verdict("private_mentions", policy.private_mentions),
        limited: verdict("limited", policy.limited),
    };
    policy::decide(services, decided).await
}

/// Where mails do not leave, the page does not ask for all of it.
fn mail_choice(mails: bool, posted: &Posted, before: &Wishes) -> Choice {
    let number = |field: &str, before: i64| posted.get(field).parse().unwrap_or(before);
    let quiet = (number("quiet_from", 20), number("quiet_until", 7));
    Choice {
        digest: match posted.get("digest") {
            "daily" => DigestRhythm::Daily,
            "weekly" => DigestRhythm::Weekly,
            "never" => DigestRhythm::Never,
            _ => before.rhythm(),
        },
        hour: number("hour", before.hour),
        weekday: number("weekday", before.weekday),
        zone: posted.some("zone").unwrap_or(&before.zone).to_owned(),
        language: if mails { posted.get("language").to_owned() } else { before.language.clone() },
        quiet: posted.checked("quiet").then_some(quiet),
        news_off: if mails { !posted.checked("news") } else { before.news_off },
    }
}

/// `POST /settings/notifications/confirm`
pub async fn ask_confirmation(web: State<Web>, member: Member, _posted: Posted) -> Answer {
    let sent = mail::ask_confirmation(web.services(), member.id()).await?;
    let key = if sent { "telling-confirmation-sent" } else { "telling-confirmation-needless" };
    Ok(redirect::saying(&web, PATH, &Flash::good(member.visit.say(key))))
}

/// `POST /settings/notifications/push`: the script of the page subscribes this browser.
pub async fn subscribe(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let new = NewSubscription {
        endpoint: posted.get("endpoint").to_owned(),
        p256dh: posted.get("p256dh").to_owned(),
        auth: posted.get("auth").to_owned(),
        ..NewSubscription::default()
    };
    push::subscribe(web.services(), member.id(), Owner::Session(member.signed.session), new).await?;
    Ok(redirect::saying(&web, PATH, &Flash::good(member.visit.say("telling-push-on"))))
}

/// `POST /settings/notifications/push/end`
pub async fn unsubscribe(web: State<Web>, member: Member, _posted: Posted) -> Answer {
    push::unsubscribe(web.services(), Owner::Session(member.signed.session)).await?;
    Ok(redirect::saying(&web, PATH, &Flash::good(member.visit.say("telling-push-off"))))
}
