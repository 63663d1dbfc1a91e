//! The command palette: where to go and what to do, by a few letters. The dialog stands in the layout; this answers
//! what it shows. Without scripts the search field of the top bar does the same.

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::{Deserialize, Serialize};

use crate::domain::accounts::{self, Account};
use crate::web::failure::Answer;
use crate::web::lens::Lens;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::Person;
use crate::web::visit::{Member, Visit};

/// The most people it shows.
const PEOPLE: i64 = 5;
/// Nobody types more into it.
const LONGEST: usize = 100;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/palette", get(show))
}

/// What was typed.
#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

/// What it shows.
#[derive(Debug, Serialize)]
pub struct Palette {
    /// What was typed.
    pub query: String,
    /// People who may be meant.
    pub people: Vec<Person>,
    /// Pages and deeds whose name has the typed words.
    pub places: Vec<Place>,
}

/// A page, or a deed that begins on a page.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    /// Where it is.
    pub href: &'static str,
    /// Its sign.
    pub icon: &'static str,
    /// What it is called.
    pub label: String,
    /// The key that leads there from any page.
    pub key: &'static str,
}

impl View for Palette {
    const TEMPLATE: &'static str = "parts/palette.html";
}

/// Address, sign, message, key. The first ones for everybody, the last for moderators.
const PLACES: [(&str, &str, &str, &str); 7] = [
    ("/compose", "square-pen", "shell-write", "n"),
    ("/", "house", "shell-home", ""),
    ("/people", "users", "shell-people", ""),
    ("/notifications", "bell", "shell-notifications", ""),
    ("/requests", "quote", "shell-requests", ""),
    ("/settings", "settings", "shell-settings", ""),
    ("/desk", "shield", "shell-desk", ""),
];

async fn show(web: State<Web>, member: Member, Query(typed): Query<Typed>) -> Answer {
    let query: String = typed.q.trim().chars().take(LONGEST).collect();
    let mut conn = web.services().db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let people = if query.is_empty() || query.starts_with(['#', '>']) {
        Vec::new()
    } else {
        let ids = accounts::search(&mut conn, Some(member.id()), &query, PEOPLE, 0).await?;
        people(&accounts::store::list(&mut conn, &ids).await?, &lens)
    };
    let places = places(&member.visit, member.signed.is_moderator(), &query);
    Ok(web.fragment(&mut conn, &member.visit, &Palette { query, people, places }).await?)
}

fn people(known: &[Account], lens: &Lens) -> Vec<Person> {
    known.iter().filter(|account| !account.is_hidden()).map(|account| lens.person(account)).collect()
}

/// The places whose name has every typed word; `@` and `#` ask for something else.
fn places(visit: &Visit, moderator: bool, query: &str) -> Vec<Place> {
    if query.starts_with(['@', '#']) {
        return Vec::new();
    }
    let typed = query.trim_start_matches('>').to_lowercase();
    PLACES
        .into_iter()
        .filter(|(href, ..)| moderator || *href != "/desk")
        .map(|(href, icon, message, key)| Place { href, icon, label: visit.say(message), key })
        .filter(|place| {
            let name = place.label.to_lowercase();
            typed.split_whitespace().all(|word| name.contains(word))
        })
        .collect()
}
