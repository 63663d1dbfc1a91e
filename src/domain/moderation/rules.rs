//! Who may moderate what. Asked by every verb of this room, not by the pages.

use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::auth::{self, Role};
use crate::platform::db::Conn;

/// Shortest and longest reason, in characters.
const REASON: std::ops::RangeInclusive<usize> = 3..=500;

/// Whether nothing that this account sends is taken in.
pub fn is_refused(account: &Account) -> bool {
    account.suspended_at.is_some() || account.site_blocked
}

/// Whether somebody with this role may act on somebody with that one: never on themselves, and only administrators
/// on administrators.
pub fn may_act_on(moderator: (AccountId, Role), target: (AccountId, Role)) -> Result<()> {
    if moderator.0 == target.0 {
        return Err(Error::forbidden("nobody can moderate themselves; ask another moderator"));
    }
    if target.1.is_admin() && !moderator.1.is_admin() {
        return Err(Error::forbidden("only administrators can act on administrators"));
    }
    Ok(())
}

/// The reason as it goes into the log.
pub(super) fn check_reason(reason: &str) -> Result<String> {
    let reason = reason.trim();
    if !REASON.contains(&reason.chars().count()) {
        let (least, most) = (REASON.start(), REASON.end());
        return Err(Error::invalid("reason", format!("must have between {least} and {most} characters")));
    }
    Ok(reason.to_owned())
}

/// The same where a reason need not be given.
pub(super) fn check_remark(remark: &str) -> Result<String> {
    if remark.trim().is_empty() { Ok(String::new()) } else { check_reason(remark) }
}

/// The role of a moderator who may come in.
///
/// # Errors
/// [`Error::Forbidden`] for everybody else.
pub async fn require_moderator(conn: &mut Conn, person: AccountId) -> Result<Role> {
    let role = role_of(conn, person).await?;
    if !role.is_moderator() || accounts::store::get(conn, person).await?.is_hidden() {
        return Err(Error::forbidden("only moderators may do this"));
    }
    Ok(role)
}

/// What somebody may do here; people of other sites and those who may no longer come in: nothing.
pub(super) async fn role_of(conn: &mut Conn, person: AccountId) -> Result<Role> {
    let user = auth::store::find(conn, person).await?;
    Ok(user.filter(|user| user.disabled_at.is_none()).map(|user| user.role).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moderator_acts_on_members_and_moderators_but_not_on_administrators_or_themselves() {
        let (ann, bob) = (AccountId(1), AccountId(2));
        assert!(may_act_on((ann, Role::Moderator), (bob, Role::Member)).is_ok());
        assert!(may_act_on((ann, Role::Moderator), (bob, Role::Moderator)).is_ok());
        assert!(may_act_on((ann, Role::Moderator), (bob, Role::Admin)).is_err());
        assert!(may_act_on((ann, Role::Admin), (bob, Role::Admin)).is_ok());
        assert!(may_act_on((ann, Role::Admin), (ann, Role::Admin)).is_err());
    }

    #[test]
    fn a_reason_says_something_but_not_everything() {
        assert!(check_reason("  x ").is_err());
        assert!(check_reason(&"x".repeat(501)).is_err());
        assert_eq!(check_reason(" spam ").expect("fine"), "spam");
        assert_eq!(check_remark("  ").expect("fine"), "");
    }
}
