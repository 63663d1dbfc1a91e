//! What became of a post at other sites.

use serde::Serialize;

use super::model::{Passage, State};
use super::store;
use crate::base::Result;
use crate::platform::db::Conn;

/// What became of a post at other sites.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// In order of sending; for each activity by host.
    pub passages: Vec<Passage>,
}

/// The way of the post with the ActivityPub id `uri`. Empty if it was sent nowhere, or too long ago.
///
/// # Errors
/// As the database.
pub async fn trace(conn: &mut Conn, uri: &str) -> Result<Trace> {
    let mut found: Vec<(i64, Passage)> = Vec::new();
    found.extend(
        store::list_on_the_way(conn, uri).await?.into_iter().map(|row| (row.activity_id.0, row.into())),
    );
    found.extend(store::list_done(conn, uri).await?.into_iter().map(|row| (row.activity_id.0, row.into())));
    found.sort_by(|a, b| (a.0, &a.1.host).cmp(&(b.0, &b.1.host)));
    Ok(Trace { passages: found.into_iter().map(|(_, passage)| passage).collect() })
}

impl Trace {
    /// Each site once, with what keeps the post from being whole there, or its last arrival.
    pub fn by_site(&self) -> Vec<&Passage> {
        let mut sites: std::collections::BTreeMap<&str, &Passage> = std::collections::BTreeMap::new();
        for passage in &self.passages {
            let worst = sites.entry(&passage.host).or_insert(passage);
            if weight(&passage.state) >= weight(&worst.state) {
                *worst = passage;
            }
        }
        sites.into_values().collect()
    }
}

fn weight(state: &State) -> u8 {
    match state {
        State::Arrived { .. } => 0,
        State::Dropped { .. } => 1,
        State::Dead { .. } => 2,
        State::Waiting { .. } => 3,
    }
}
