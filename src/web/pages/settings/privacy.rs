//! Who finds a person, who follows, and who may do what with new posts.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use serde::Serialize;

use crate::domain::accounts::update_profile::{Change, update_profile};
use crate::domain::auth::settings;
use crate::domain::auth::{self, Preferences, store};
use crate::domain::statuses::Visibility;
use crate::web::consent::WHO;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Flash, Nav};
use crate::web::visit::Member;

/// Where the page is.
const PAGE: &str = "/settings/privacy";

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route(PAGE, get(show).post(save))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Privacy {
    /// Whether one is asked before somebody follows.
    pub locked: bool,
    /// Whether one is listed.
    pub discoverable: bool,
    /// Whether one's posts may be found by search.
    pub indexable: bool,
    /// How far new posts may reach: words of `statuses::Visibility`, widest first.
    pub reaches: Vec<&'static str>,
    /// How far they reach at first.
    pub reach: String,
    /// Who may answer or quote: words of `statuses::consent::Rule`.
    pub who: Vec<&'static str>,
    /// Who may answer new posts.
    pub replies: String,
    /// Who may quote them.
    pub quotes: String,
    /// Whether pictures are covered at first.
    pub sensitive: bool,
}

impl View for Privacy {
    const TEMPLATE: &'static str = "pages/settings/privacy.html";
}

/// `GET /settings/privacy`
async fn show(web: State<Web>, member: Member) -> Answer {
    let (services, account) = (web.services(), &member.signed.account);
    let mut conn = services.db.read().await?;
    let user = store::get(&mut conn, member.id()).await?;
    let settings = &member.signed.settings;
    let reaches = reaches(services.config.site.open_to_web);
    let widest = reaches.first().copied().unwrap_or_default();
    let reach = reaches.iter().copied().find(|word| *word == user.default_visibility).unwrap_or(widest);
    let view = Privacy {
        locked: account.locked,
        discoverable: account.discoverable,
        indexable: account.indexable,
        reach: reach.to_owned(),
        reaches,
        who: WHO.iter().map(|who| who.key).collect(),
        replies: settings.replies.clone().unwrap_or_else(|| "public".to_owned()),
        quotes: settings.quotes.clone().unwrap_or_else(|| "public".to_owned()),
        sensitive: user.default_sensitive,
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Settings, &view).await?)
}

/// `POST /settings/privacy`
async fn save(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let services = web.services();
    let change = Change {
        locked: Some(posted.checked("locked")),
        discoverable: Some(posted.checked("discoverable")),
        indexable: Some(posted.checked("indexable")),
        ..Change::default()
    };
    update_profile(services, member.id(), change).await?;
    let reach = Visibility::from_word(posted.get("reach")).map(|reach| reach.word().to_owned());
    let preferences =
        Preferences { visibility: reach, sensitive: Some(posted.checked("sensitive")), language: None };
    auth::prefer(services, member.id(), preferences).await?;
    let word = |name| posted.some(name).filter(|word| *word != "public").map(str::to_owned);
    settings::change(services, member.id(), |settings| {
        settings.replies = word("repliers");
        settings.quotes = word("quoters");
    })
    .await?;
    Ok(redirect::saying(&web, PAGE, &Flash::good(member.visit.say("settings-privacy-saved"))))
}

/// How far a post may reach on this site, widest first.
fn reaches(open_to_web: bool) -> Vec<&'static str> {
    let narrower = [Visibility::Organisation, Visibility::Site, Visibility::Private, Visibility::Direct];
    let widest = open_to_web.then_some(Visibility::Public);
    widest.into_iter().chain(narrower).map(Visibility::word).collect()
}
