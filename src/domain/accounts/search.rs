//! Finding people that this site knows, by what somebody types.

use super::store;
use crate::base::Result;
use crate::base::id::AccountId;
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
    let name = words.split('@').next().unwrap_or_default();
    if name.is_empty() {
        return Ok(Vec::new());
    }
    let escaped = escape(name);
    let pattern = store::Pattern { prefix: format!("{escaped}%"), like: format!("%{escaped}%") };
    store::search(conn, reader, &pattern, limit, offset).await
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
