//! What the changes of a batch will ask of the database, read for all of them at once: a statement costs about the same
//! for a hundred questions as for one.

use super::writer::Change;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::{accounts, follows, statuses};
use crate::platform::db::Conn;

/// What a change will ask.
#[derive(Clone, Debug, Default)]
pub struct Asks {
    /// Who did it.
    pub by: AccountId,
    /// The post that it answers.
    pub parent: Option<String>,
    /// Who is named in it.
    pub named: Vec<String>,
}

/// Reads what `changes` will ask. Whoever changes what others asked about makes the connection forget it.
pub async fn look<'a>(conn: &mut Conn, changes: impl Iterator<Item = &'a dyn Change>) -> Result<()> {
    let asks: Vec<Asks> = changes.filter_map(Change::asks).collect();
    // For one there is nothing to save.
    if asks.len() < 2 {
        return Ok(());
    }
    let (mut by, mut parents, mut named) = (Vec::new(), Vec::new(), Vec::new());
    for mut ask in asks {
        by.push(ask.by);
        parents.extend(ask.parent);
        named.append(&mut ask.named);
    }
    by.sort_unstable();
    by.dedup();
    follows::store::look_ahead_for_followers(conn, &by).await?;
    follows::store::look_ahead_for_blocks(conn, &by).await?;
    if !parents.is_empty() {
        statuses::store::look_ahead_for_parents(conn, unique(parents)).await?;
    }
    if !named.is_empty() {
        accounts::store::look_ahead_for_ids(conn, unique(named)).await?;
    }
    Ok(())
}

fn unique(mut uris: Vec<String>) -> Vec<String> {
    uris.sort_unstable();
    uris.dedup();
    uris
}
