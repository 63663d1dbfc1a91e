//! Whoever something was decided about reads it, with the reason, in a mail.

use super::model::{Action, ActionKind};
use super::store;
use crate::base::Result;
use crate::domain::mail::{self, About, NewMail};
use crate::domain::{accounts, auth};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// For how long such a mail is of use.
const LASTS: std::time::Duration = std::time::Duration::from_hours(3 * 24);

/// Asks for the mail, if it concerns somebody of this site.
///
/// # Errors
/// As the database.
pub(super) async fn tell_in(services: &Services, tx: &mut Tx, action: &Action) -> Result<()> {
    let Some(person) = action.account_id.filter(|_| services.mail.is_on()) else { return Ok(()) };
    let kind = match action.undoes {
        Some(undone) => store::get_action(tx, undone).await?.kind,
        None => action.kind,
    };
    if !matches!(kind, ActionKind::RemovePost | ActionKind::LimitPerson | ActionKind::SuspendPerson)
        || !accounts::store::get(tx, person).await?.is_local()
        || auth::store::find(tx, person).await?.is_none()
    {
        return Ok(());
    }
    let mail = NewMail {
        account: Some(person),
        address: String::new(),
        about: About::Decision { action: action.kind.word().to_owned(), reason: action.reason.clone() },
        source: format!("decision:{}", action.id),
        run_at: services.clock.now(),
        lasts: LASTS,
    };
    mail::post_in(services, tx, mail).await?;
    Ok(())
}
