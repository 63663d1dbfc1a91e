//! Changing an own post.

use axum::extract::{Path, State};

use super::send::{Shown, carry_over, is_about_the_form, meet_mentioned, say_why};
use super::{Compose, form};
use crate::base::id::{MediaId, StatusId};
use crate::base::{Error, Result};
use crate::domain::statuses::drafts::{self, Keep};
use crate::domain::statuses::{self, Edit, Reader, StatusView, hydrate::hydrate_one};
use crate::platform::db::Conn;
use crate::web::compose_box;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::poll_fields;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::views::{Composer, Flash, Nav};
use crate::web::visit::Member;

/// `GET /posts/{id}/edit`
pub async fn show(web: State<Web>, member: Member, Path(id): Path<StatusId>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let page = page(&web, &member, &mut conn, id).await?;
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &page).await?)
}

/// `POST /posts/{id}/edit`
pub async fn send(web: State<Web>, member: Member, Path(id): Path<StatusId>, posted: Posted) -> Answer {
    let services = web.services();
    let mut images = form::kept_images(&posted);
    if posted.get("do") == "draft" {
        own_post(&web, &member, &mut services.db.read().await?, id).await?;
        let words = form::words(&posted, &images);
        drafts::keep(services, member.id(), Keep { form: form::form(&posted), words }).await?;
        return Ok(redirect::saying(&web, "/drafts", &Flash::good(member.visit.say("compose-is-kept"))));
    }
    let error = match change(&web, &member, id, &posted, &mut images).await {
        Ok(()) => {
            drafts::settle(services, member.id(), &form::form(&posted)).await?;
            let post = format!("/@{}/{id}", member.signed.account.username);
            return Ok(redirect::saying(&web, &post, &Flash::good(member.visit.say("compose-changed"))));
        }
        Err(error) if is_about_the_form(&error) => error,
        Err(error) => return Err(error.into()),
    };
    let mut conn = services.db.read().await?;
    let mut page = page(&web, &member, &mut conn, id).await?;
    form::fill(&mut conn, member.id(), &mut page.composer, &form::words(&posted, &images)).await?;
    carry_over(&mut page.composer, &posted);
    let status = say_why(&member.visit, &mut page.composer, Shown::Wrong(error));
    let mut answer = web.page(&mut conn, &member.visit, Nav::Elsewhere, &page).await?;
    *answer.status_mut() = status;
    Ok(answer)
}

async fn change(
    web: &Web,
    member: &Member,
    id: StatusId,
    posted: &Posted,
    images: &mut Vec<MediaId>,
) -> Result<()> {
    own_post(web, member, &mut web.services().db.read().await?, id).await?;
    form::upload(web, member, posted, images).await?;
    meet_mentioned(web, posted.get("text")).await?;
    let edit = Edit {
        text: Some(posted.get("text").replace("\r\n", "\n")),
        format: None,
        spoiler_text: Some(posted.get("warning").trim().to_owned()),
        sensitive: Some(posted.checked("sensitive")),
        language: posted.some("language").map(str::to_owned),
        media: Some(images.clone()),
        title: Some(posted.get("title").to_owned()),
        poll: poll_fields::typed(posted),
    };
    statuses::edit(web.services(), member.id(), id, edit).await
}

async fn own_post(web: &Web, member: &Member, conn: &mut Conn, id: StatusId) -> Result<StatusView> {
    let view = hydrate_one(web.services(), conn, &Reader::Person(member.id()), id).await?;
    if view.status.account_id != member.id() || view.reblog.is_some() {
        return Err(Error::not_found("status"));
    }
    Ok(view)
}

/// The page to change a post on.
pub async fn page(web: &Web, member: &Member, conn: &mut Conn, id: StatusId) -> Result<Compose> {
    let view = own_post(web, member, conn, id).await?;
    let sites = web.sites(conn).await?;
    let lens = member.visit.lens(web, &sites);
    let status = &view.status;
    let mut composer = Composer {
        key: "edit",
        label: "compose-edit",
        action: format!("/posts/{}/edit", status.id),
        edits: Some(status.id),
        text: status.source.clone(),
        title: Some(view.title.as_ref().map(|title| title.text.clone()).unwrap_or_default()),
        poll: None,
        warning: status.spoiler_text.clone(),
        sensitive: status.sensitive,
        open: !status.spoiler_text.is_empty() || status.sensitive,
        language: status.language.clone().unwrap_or_default(),
        reaches: Vec::new(),
        who: &[],
        button: "compose-save",
        ..compose_box::new_post(web, &member.signed, &lens)
    };
    let images: Vec<MediaId> = view.media.iter().map(|image| image.id).collect();
    form::show_kept(conn, member.id(), &mut composer, &images).await?;
    Ok(Compose { heading: "compose-edit", to: String::new(), answers: None, composer })
}
