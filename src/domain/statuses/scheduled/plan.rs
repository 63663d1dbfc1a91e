//! A person plans a post, or plans it otherwise.

use std::time::Duration;

use super::super::create::{Draft, create_in};
use super::super::drafts::{self, Form};
use super::super::words::Words;
use super::{MOST, MOST_A_DAY, SOONEST, own, store};
use crate::base::id::{AccountId, ScheduledId};
use crate::base::{Error, Millis, Result};
use crate::platform::db::Tx;
use crate::platform::services::Services;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Further ahead is a slip of the finger.
const LATEST: Duration = Duration::from_hours(5 * 366 * 24);

/// What is planned.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What to post.
    pub draft: Draft,
    /// When.
    pub run_at: Millis,
    /// The form in which it was typed, whose draft goes.
    pub form: Option<Form>,
}

/// Plans a post. What could not be posted now is refused now, and not when nobody looks. The same idempotency key again
/// answers the plan of the first time.
///
/// # Errors
/// As [`super::super::create`]; [`Error::Invalid`] if it is too soon or too much is planned.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#create>, `scheduled_at`
pub async fn plan(services: &Services, author: AccountId, plan: Plan) -> Result<ScheduledId> {
    let key = plan.draft.idempotency_key.clone();
    if let Some(key) = &key
        && let Some(known) = store::find_idempotent(&mut services.db.read().await?, author, key).await?
    {
        return Ok(known);
    }
    rehearse(services, author, plan.draft.clone()).await?;
    let mut tx = services.db.begin().await?;
    require_time(services, plan.run_at)?;
    require_room(&mut tx, author, plan.run_at, None).await?;
    let media = plan.draft.media.clone();
    let row = store::Row {
        id: services.ids.next(),
        account_id: author,
        words: serde_json::to_string(&Words::from(plan.draft))?,
        run_at: plan.run_at,
        try_at: Some(plan.run_at),
        attempts: 0,
        last_error: None,
    };
    if !store::insert(&mut tx, &row, key.as_deref(), services.clock.now()).await? {
        // The same request, twice at the same moment.
        let known = match &key {
            Some(key) => store::find_idempotent(&mut tx, author, key).await?,
            None => None,
        };
        return known.ok_or_else(|| Error::conflict("this post is planned already"));
    }
    store::replace_media(&mut tx, author, row.id, &media).await?;
    if let Some(form) = &plan.form {
        drafts::settle_in(&mut tx, author, form).await?;
    }
    tx.commit().await?;
    Ok(row.id)
}

/// Plans a post for another time, or with other words.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs, or posted; as [`plan`].
///
/// Source: <https://docs.joinmastodon.org/methods/scheduled_statuses/#update>
pub async fn change(
    services: &Services,
    author: AccountId,
    id: ScheduledId,
    run_at: Option<Millis>,
    draft: Option<Draft>,
) -> Result<()> {
    if let Some(draft) = &draft {
        own(&mut services.db.read().await?, author, id).await?;
        rehearse(services, author, draft.clone()).await?;
    }
    let mut tx = services.db.begin().await?;
    let mut row = own(&mut tx, author, id).await?;
    if let Some(run_at) = run_at.filter(|at| *at != row.run_at || row.try_at.is_none()) {
        require_time(services, run_at)?;
        require_room(&mut tx, author, run_at, Some(id)).await?;
        (row.run_at, row.try_at) = (run_at, Some(run_at));
        (row.attempts, row.last_error) = (0, None);
    }
    if let Some(draft) = draft {
        let media = draft.media.clone();
        row.words = serde_json::to_string(&Words::from(draft))?;
        store::replace_media(&mut tx, author, id, &media).await?;
    }
    if !store::update(&mut tx, &row).await? {
        return Err(Error::not_found("scheduled status"));
    }
    tx.commit().await
}

/// Writes the post, and takes it all back: what is wrong with it is known then.
async fn rehearse(services: &Services, author: AccountId, draft: Draft) -> Result<()> {
    let mut tx = services.db.begin().await?;
    create_in(services, &mut tx, author, Draft { idempotency_key: None, ..draft }).await?;
    drop(tx);
    Ok(())
}

fn require_time(services: &Services, run_at: Millis) -> Result<()> {
    let now = services.clock.now();
    if run_at < now + SOONEST {
        return Err(Error::invalid("scheduled_at", "must be at least 5 minutes from now"));
    }
    if run_at > now + LATEST {
        return Err(Error::invalid("scheduled_at", "must be within five years"));
    }
    Ok(())
}

async fn require_room(
    tx: &mut Tx,
    author: AccountId,
    run_at: Millis,
    except: Option<ScheduledId>,
) -> Result<()> {
    let except = except.unwrap_or_default();
    let day = run_at.0.div_euclid(DAY) * DAY;
    if store::count(tx, author, except).await? >= MOST {
        return Err(Error::invalid(
            "scheduled_at",
            format!("cannot be kept: {MOST} posts are planned already"),
        ));
    }
    if store::count_between(tx, author, except, (Millis(day), Millis(day + DAY))).await? >= MOST_A_DAY {
        return Err(Error::invalid(
            "scheduled_at",
            format!("must be another day: {MOST_A_DAY} posts are planned for this one already"),
        ));
    }
    Ok(())
}
