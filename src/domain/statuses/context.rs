//! The thread around a post.

use super::model::Reader;
use super::store;
use crate::base::Result;
use crate::base::id::StatusId;
use crate::platform::db::Conn;
use crate::platform::services::Services;

use super::filtered;
use super::hydrate::{StatusView, hydrate};
use crate::domain::filters;

/// Most posts above and below that one page shows.
const MOST: i64 = 400;

/// What stands above and below a post.
#[derive(Clone, Debug)]
pub struct Context {
    /// From the first post down to the parent.
    pub ancestors: Vec<StatusView>,
    /// All answers below, each after what it answers, otherwise by time.
    pub descendants: Vec<StatusView>,
    /// There is more above than is shown.
    pub cut_above: bool,
    /// There is more below than is shown.
    pub cut_below: bool,
}

/// The posts above and below `id` that the reader may read, and does not hide. Does not ask whether `id` itself may be read.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#context>
pub async fn context(services: &Services, conn: &mut Conn, reader: &Reader, id: StatusId) -> Result<Context> {
    let mut ancestors = store::list_ancestors(conn, id, MOST + 1).await?;
    let mut descendants = store::list_descendants(conn, id, MOST + 1).await?;
    let cut_above = ancestors.len() > MOST as usize;
    let cut_below = descendants.len() > MOST as usize;
    ancestors.drain(..ancestors.len().saturating_sub(MOST as usize));
    descendants.truncate(MOST as usize);
    let descendants = depth_first(id, &descendants);
    let mut ancestors = hydrate(services, conn, reader, &ancestors).await?;
    let mut descendants = hydrate(services, conn, reader, &descendants).await?;
    for part in [&mut ancestors, &mut descendants] {
        filtered::apply(services, conn, reader, Some(filters::Context::Thread), part).await?;
    }
    Ok(Context { ancestors, descendants, cut_above, cut_below })
}

/// Puts each answer after what it answers.
fn depth_first(root: StatusId, edges: &[(StatusId, StatusId)]) -> Vec<StatusId> {
    let mut children: std::collections::HashMap<StatusId, Vec<StatusId>> = std::collections::HashMap::new();
    for (id, parent) in edges {
        children.entry(*parent).or_default().push(*id);
    }
    for list in children.values_mut() {
        list.sort_unstable_by(|a, b| b.cmp(a));
    }
    let mut open = children.remove(&root).unwrap_or_default();
    let mut out = Vec::with_capacity(edges.len());
    while let Some(id) = open.pop() {
        out.push(id);
        open.extend(children.remove(&id).unwrap_or_default());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_stands_after_what_it_answers() {
        let s = StatusId;
        let edges = [(s(2), s(1)), (s(3), s(1)), (s(4), s(2)), (s(5), s(3)), (s(6), s(2))];

        assert_eq!(depth_first(s(1), &edges), [s(2), s(4), s(6), s(3), s(5)]);
    }

    #[test]
    fn a_circle_ends() {
        let s = StatusId;
        assert_eq!(depth_first(s(1), &[(s(2), s(1)), (s(1), s(2))]), [s(2), s(1)]);
    }
}
