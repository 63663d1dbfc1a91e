//! Links with which colleagues register.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use serde::Serialize;

use crate::base::{Error, Result};
use crate::domain::auth::{Role, User, link, store};
use crate::domain::mail;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Errors, Nav, wrong};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/desk/invitations", get(show).post(make))
}

/// The page.
#[derive(Debug, Default, Serialize)]
pub struct Invitations {
    /// The link that was just made.
    pub link: Option<String>,
    /// How long it works.
    pub until: String,
    /// Whether it can be sent by mail.
    pub mails: bool,
    /// Where it was sent.
    pub sent: Option<String>,
    /// What could not be taken.
    pub form: InvitationForm,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct InvitationForm {
    /// The e-mail address.
    pub email: String,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for Invitations {
    const TEMPLATE: &'static str = "pages/invitations.html";
}

/// `GET /desk/invitations`
pub async fn show(web: State<Web>, member: Member) -> Answer {
    member.require_admin()?;
    let invitations = Invitations { mails: web.services().mail.is_on(), ..Invitations::default() };
    let mut conn = web.services().db.read().await?;
    Ok(web.page(&mut conn, &member.visit, Nav::Desk, &invitations).await?)
}

/// `POST /desk/invitations`: makes a link and shows it, this once.
pub async fn make(web: State<Web>, member: Member, posted: Posted) -> Answer {
    member.require_admin()?;
    let services = web.services();
    let role = Role::from_word(posted.get("role")).ok_or(Error::invalid("role", "is none that there is"))?;
    let mut conn = services.db.read().await?;
    let user = store::get(&mut conn, member.id()).await?;
    let mails = services.mail.is_on();
    if let Some(address) = posted.some("email").filter(|_| mails) {
        drop(conn);
        return send(&web, &member, &user, role, address).await;
    }
    let new = link::invite(services, &user, role).await?;
    let until = member.visit.lens(&web, &web.sites(&mut conn).await?).time(new.link.expires_at).absolute;
    let view = Invitations { link: Some(new.url), until, mails, ..Invitations::default() };
    Ok(web.page(&mut conn, &member.visit, Nav::Desk, &view).await?)
}

/// By mail; the link is in it and nowhere else.
async fn send(web: &Web, member: &Member, by: &User, role: Role, address: &str) -> Answer {
    let sent: Result<()> = mail::invite(web.services(), by, role, address).await;
    let mut view = Invitations { mails: true, ..Invitations::default() };
    let status = match sent {
        Ok(()) => {
            view.sent = Some(address.to_owned());
            StatusCode::OK
        }
        Err(error @ (Error::Invalid { .. } | Error::Conflict { .. })) => {
            let problem = match &error {
                Error::Invalid { problem, .. } => member.visit.wrong("wrong-address", problem),
                other => member.visit.sentence(&other.to_string()),
            };
            view.form = InvitationForm { email: address.to_owned(), errors: wrong("email", problem) };
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(error) => return Err(error.into()),
    };
    let mut conn = web.services().db.read().await?;
    let mut answer = web.page(&mut conn, &member.visit, Nav::Desk, &view).await?;
    *answer.status_mut() = status;
    Ok(answer)
}
