//! What the activities of a batch ask is read for all of them at once, and no longer believed once one of them changed
//! something.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use breezeway::base::Result;
use breezeway::base::id::AccountId;
use breezeway::domain::statuses::Visibility;
use breezeway::domain::{accounts, follows, statuses};
use breezeway::federation::inbox::{Asks, Change, Outcome};
use breezeway::platform::db::Tx;
use breezeway::platform::services::Services;
use breezeway::testing::rooms::post_uri;
use breezeway::testing::{Rooms, each_site};

use super::writer::write_together;

/// What one activity learnt: followed here, blocked, whether what it answers is here, how many of those named are.
type Seen = (bool, bool, bool, usize);

/// Asks all that can be asked ahead.
#[derive(Clone)]
struct Asking {
    by: AccountId,
    ann: AccountId,
    named: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

#[async_trait]
impl Change for Asking {
    async fn apply(&self, _: &Services, tx: &mut Tx) -> Result<Outcome> {
        let seen = (
            follows::store::has_followers_here(tx, self.by).await?,
            !follows::store::list_blocked_either_way(tx, self.ann, &[self.by]).await?.is_empty(),
            statuses::store::find_parent(tx, &post_uri("first")).await?.is_some(),
            accounts::store::list_ids_by_uri(tx, vec![self.named.clone()]).await?.len(),
        );
        self.seen.lock().unwrap().push(seen);
        Ok(Outcome::Done)
    }

    fn asks(&self) -> Option<Asks> {
        Some(Asks { by: self.by, parent: Some(post_uri("first")), named: vec![self.named.clone()] })
    }
}

/// Somebody of the other site blocks Ann, who followed them, and deletes the first post.
struct Changing {
    by: AccountId,
    ann: AccountId,
}

#[async_trait]
impl Change for Changing {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        follows::block::block_in(services, tx, self.by, self.ann, &post_uri("block")).await?;
        if let Some(first) = statuses::store::find_by_uri(tx, &post_uri("first")).await? {
            statuses::delete::delete_in(services, tx, &first).await?;
        }
        Ok(Outcome::Done)
    }
}

/// Bob of another site, whom Ann follows, with his first post.
async fn asking(rooms: &Rooms) -> Asking {
    let (ann, by) = (rooms.person("ann").await, rooms.colleague("bob").await);
    rooms.follows(ann, by).await;
    rooms.receives(by, "first", Visibility::Organisation, None).await.unwrap();
    Asking { by, ann, named: rooms.account_of(ann).await.uri, seen: Arc::default() }
}

fn named<C: Change + 'static>(number: u32, change: C) -> (String, Box<dyn Change>) {
    (format!("https://sales.example.org/activities/{number}"), Box::new(change))
}

#[tokio::test]
async fn what_a_batch_asks_is_read_for_all_of_them_at_once() {
    each_site(async |rooms| {
        let one = asking(&rooms).await;
        let batch = (0..64).map(|number| named(number, one.clone())).collect();

        let (outcomes, counted) = write_together(&rooms.services, batch).await;

        assert!(outcomes.iter().all(Result::is_ok));
        assert_eq!(*one.seen.lock().unwrap(), vec![(true, false, true, 1); 64]);
        assert!(
            counted.statements < 16,
            "{} statements for 64 activities that ask four things",
            counted.statements
        );
    })
    .await;
}

#[tokio::test]
async fn what_one_of_a_batch_changes_the_next_one_sees() {
    each_site(async |rooms| {
        let one = asking(&rooms).await;
        let changing = Changing { by: one.by, ann: one.ann };
        let batch =
            vec![named(0, one.clone()), named(1, one.clone()), named(2, changing), named(3, one.clone())];

        let (outcomes, _) = write_together(&rooms.services, batch).await;

        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
        let (before, after) = ((true, false, true, 1), (false, true, false, 1));
        assert_eq!(*one.seen.lock().unwrap(), [before, before, after]);
    })
    .await;
}
