//! Links with which colleagues register.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use serde::Serialize;

use crate::base::Error;
use crate::domain::auth::{Role, link, store};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::Nav;
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
}

impl View for Invitations {
    const TEMPLATE: &'static str = "pages/invitations.html";
}

/// `GET /desk/invitations`
pub async fn show(web: State<Web>, member: Member) -> Answer {
    member.require_admin()?;
    let mut conn = web.services().db.read().await?;
    Ok(web.page(&mut conn, &member.visit, Nav::Desk, &Invitations::default()).await?)
}

/// `POST /desk/invitations`: makes a link and shows it, this once.
pub async fn make(web: State<Web>, member: Member, posted: Posted) -> Answer {
    member.require_admin()?;
    let services = web.services();
    let role = Role::from_word(posted.get("role")).ok_or(Error::invalid("role", "is none that there is"))?;
    let mut conn = services.db.read().await?;
    let user = store::get(&mut conn, member.id()).await?;
    let new = link::invite(services, &user, role).await?;
    let until = member.visit.lens(&web, &web.sites(&mut conn).await?).time(new.link.expires_at).absolute;
    let view = Invitations { link: Some(new.url), until };
    Ok(web.page(&mut conn, &member.visit, Nav::Desk, &view).await?)
}
