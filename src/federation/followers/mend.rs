//! Setting right who follows whom, from rows, so that nothing is forgotten over a restart.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use serde_json::Value;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::{error, info};
use url::Url;

use super::Digest;
use super::store::{self, Due};
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::follows;
use crate::federation::fetch::{self, Budget, Document, FetchError};
use crate::federation::gate::{self, Purpose};
use crate::federation::origin::{host_of, same_origin};
use crate::federation::{delivery, outbound};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// How often to look for comparisons whose pause is over.
const TICK: Duration = Duration::from_secs(5);

/// How many are taken at once.
const BATCH: i64 = 8;

/// How long a person's followers are left alone after they were compared.
const PAUSE: Duration = Duration::from_mins(5);

/// How often a list is asked for that cannot be had.
const ATTEMPTS: i64 = 8;

/// How long one comparison may take: others wait for it.
const LONGEST: Duration = Duration::from_mins(1);

/// Most pages of a list that are read, as Mastodon.
const MOST_PAGES: usize = 10;

/// Compares until `stop`.
pub async fn run(services: Services, stop: CancellationToken) {
    loop {
        let round = async {
            if let Err(problem) = all_due(&services).await {
                error!("Followers cannot be compared: {}", problem.chain());
            }
            tokio::select! {
                () = services.hub.followers_differ() => {}
                () = tokio::time::sleep(TICK) => {}
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = round => {}
        }
    }
}

/// Does what is due.
///
/// # Errors
/// As the database.
pub async fn all_due(services: &Services) -> Result<()> {
    loop {
        let due = store::list_due(&mut services.db.read().await?, services.clock.now(), BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        for due in due {
            one(services, &due).await?;
        }
    }
}

async fn one(services: &Services, due: &Due) -> Result<()> {
    let now = services.clock.now();
    let mended = timeout(LONGEST, mend(services, due)).await;
    match mended.unwrap_or(Err(FetchError::Budget)) {
        Ok(()) => Ok(()),
        Err(problem) if problem.is_temporary() && due.attempts < ATTEMPTS => {
            info!(url = due.url, "The followers at {} are asked for later: {problem}", due.url);
            let delay = PAUSE.saturating_mul(1 << due.attempts.clamp(0, 10));
            let mut tx = services.db.begin().await?;
            store::update_failed(&mut tx, due.account_id, now + delay).await?;
            tx.commit().await
        }
        Err(problem) => {
            info!(url = due.url, "The followers at {} are left as they are: {problem}", due.url);
            let mut tx = services.db.begin().await?;
            store::update_done(&mut tx, due, now + PAUSE).await?;
            tx.commit().await
        }
    }
}

/// Reads the list and sets right what differs, if the list is the one that the digest was made of.
async fn mend(services: &Services, due: &Due) -> Result<(), FetchError> {
    let (followed, here) = {
        let mut conn = services.db.read().await?;
        let followed = accounts::store::get(&mut conn, due.account_id).await?;
        // As it was before the list is read: who comes meanwhile is left alone.
        (followed, store::list_followers_here(&mut conn, due.account_id).await?)
    };
    let listed = list(services, &followed, &due.url).await?;
    let digest = Digest::of(listed.iter().map(String::as_str)).to_hex();
    if digest != due.digest {
        let problem = "the digest was made of other followers".to_owned();
        return Err(FetchError::Mistaken { url: url(&due.url)?, problem });
    }
    let mut tx = services.db.begin().await?;
    for (follower, uri) in &here {
        if !listed.contains(uri) {
            info!(follower = uri, followed = %followed.uri, "{} does not know {uri} any more", followed.uri);
            follows::follow::reject_in(services, &mut tx, *follower, followed.id).await?;
        }
    }
    let known: HashSet<&str> = here.iter().map(|(_, uri)| uri.as_str()).collect();
    let unknown: Vec<String> = listed.into_iter().filter(|uri| !known.contains(uri.as_str())).collect();
    let waits = decline(services, &mut tx, &followed, unknown).await?;
    store::update_done(&mut tx, due, services.clock.now() + PAUSE).await?;
    tx.commit().await?;
    if waits {
        services.hub.wake_delivery();
    }
    Ok(())
}

/// Those of us who are listed there and do not follow: whoever asked is let by this; the others say that they do
/// not. Whether a delivery waits.
async fn decline(services: &Services, tx: &mut Tx, followed: &Account, listed: Vec<String>) -> Result<bool> {
    let mut waits = false;
    let ids: HashMap<String, AccountId> =
        accounts::store::list_ids_by_uri(tx, listed).await?.into_iter().map(|(id, uri)| (uri, id)).collect();
    for (uri, id) in ids {
        let follower = accounts::store::get(tx, id).await?;
        if !follower.is_local() || follower.deleted_at.is_some() || id.0 <= 0 {
            continue;
        }
        match follows::store::find(tx, id, followed.id).await? {
            Some(follow) if follow.accepted => {}
            Some(_) => follows::follow::accept_in(services, tx, id, followed.id).await?,
            None => {
                info!(follower = uri, followed = %followed.uri, "{uri} does not follow {}", followed.uri);
                let follow = services.origin.activity(services.ids.next());
                let letter = outbound::undo_follow(services, id, &uri, &followed.uri, &follow)?;
                let inbox = std::slice::from_ref(&followed.inbox);
                waits |= delivery::enqueue(services, tx, &letter, inbox).await? > 0;
            }
        }
    }
    Ok(waits)
}

/// The people of this site whom the other site lists as followers, from at most ten pages.
async fn list(services: &Services, followed: &Account, address: &str) -> Result<HashSet<String>, FetchError> {
    let start = url(address)?;
    let home = url(&followed.uri)?;
    let host = host_of(&home).ok_or_else(|| FetchError::NotASite(home.clone()))?;
    gate::check(services, &host, Purpose::Conversation).await?;
    let fetcher = fetch::fetcher(services).await?;
    let budget = Budget::of(2 * MOST_PAGES as u32);
    let mut listed = HashSet::new();
    let mut next = Some(start.clone());
    for _ in 0..=MOST_PAGES {
        let Some(page) = next.take() else { return Ok(listed) };
        if !same_origin(&page, &home) {
            return Err(FetchError::Mistaken { url: page, problem: "it is of another site".to_owned() });
        }
        let document = fetcher.document_now(&page, &budget).await?;
        next = take(services, &document, &mut listed)?;
    }
    let problem = format!("it has more than {MOST_PAGES} pages");
    Err(FetchError::Mistaken { url: start, problem })
}

/// Takes what stands on a page or in a collection, and says where it goes on.
fn take(
    services: &Services,
    document: &Document,
    listed: &mut HashSet<String>,
) -> Result<Option<Url>, FetchError> {
    let page = match document.value.get("first") {
        // A first page may come with the collection.
        Some(first @ Value::Object(_)) => first,
        _ => &document.value,
    };
    let items = page.get("orderedItems").or_else(|| page.get("items"));
    let items =
        items.map_or(&[][..], |items| items.as_array().map_or(std::slice::from_ref(items), Vec::as_slice));
    for item in items {
        let id = item.as_str().or_else(|| item.get("id")?.as_str());
        match id {
            Some(id) if services.origin.owns(id) => drop(listed.insert(id.to_owned())),
            _ => {
                let problem = "it lists somebody who is not of this site".to_owned();
                return Err(FetchError::Mistaken { url: document.id.clone(), problem });
            }
        }
    }
    let next = page.get("next").or_else(|| page.get("first")).and_then(Value::as_str);
    Ok(next.map(url).transpose()?)
}

fn url(text: &str) -> Result<Url> {
    Url::parse(text).map_err(|_| Error::invalid("url", "is not an address"))
}
