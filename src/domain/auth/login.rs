//! Who is meant by what somebody typed to sign in: an e-mail address or the short name.

use super::store;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::platform::db::Conn;

/// Looks somebody up by e-mail address or short name, with or without `@` in front.
pub async fn find(conn: &mut Conn, login: &str) -> Result<Option<AccountId>> {
    let login = login.trim();
    let name = login.strip_prefix('@').unwrap_or(login);
    if name.contains('@') {
        store::find_id_by_email(conn, name).await
    } else {
        store::find_id_by_username(conn, name).await
    }
}
