//! Finding people that this site knows, by what somebody types.

use std::collections::HashSet;

use super::store;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::base::origin::host_of_uri;
use crate::platform::db::Conn;

/// People whose name or handle holds `query`, those whose handle begins with it first. Case does not matter. Whom our
/// moderators limited only their followers find.
///
/// # Errors
/// As the database.
pub async fn search(
    conn: &mut Conn,
    reader: Option<AccountId>,
    query: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<AccountId>> {
    let words = query.trim().trim_start_matches('@').to_lowercase();
    let (name, host) = words.split_once('@').unwrap_or((&words, ""));
    if name.is_empty() {
        return Ok(Vec::new());
    }
    let escaped = escape(name);
    let pattern = store::Pattern { prefix: format!("{escaped}%"), like: format!("%{escaped}%") };
    let found = store::search(conn, reader, &pattern, limit, offset).await?;
    if host.is_empty() {
        return Ok(found);
    }
    // Who names a site means people of that site.
    let there: HashSet<AccountId> = store::list(conn, &found)
        .await?
        .into_iter()
        .filter(|account| host_of_uri(&account.uri).is_some_and(|found| found.starts_with(host)))
        .map(|account| account.id)
        .collect();
    Ok(found.into_iter().filter(|id| there.contains(id)).collect())
}

/// So that `%` and `_` stand for themselves; `!` is the escape character of the query.
fn escape(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_types_has_no_magic() {
        assert_eq!(escape("50%_!"), "50!%!_!!");
    }
}
