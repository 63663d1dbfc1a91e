//! Who can come in, and by what.

use super::settings::Settings;
use crate::base::Millis;
use crate::base::id::{AccountId, OAuthAppId, OAuthTokenId, SessionId};
use crate::words;

/// What somebody may do here beyond what everybody may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Nothing more.
    #[default]
    Member,
    /// Works at the desk.
    Moderator,
    /// Runs the site.
    Admin,
}

words!(Role { Member = "member", Moderator = "moderator", Admin = "admin" });

impl Role {
    /// Whether the desk is open to them.
    pub fn is_moderator(self) -> bool {
        self >= Self::Moderator
    }

    /// Whether they run the site.
    pub fn is_admin(self) -> bool {
        self == Self::Admin
    }
}

/// Somebody who can sign in here. The hash of the password is not part of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct User {
    /// The person.
    pub account_id: AccountId,
    /// As it was typed.
    pub email: String,
    /// What they may do.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// As `statuses::Visibility` in the database; empty: the widest that the site allows.
    pub default_visibility: String,
    /// Cover media at first.
    pub default_sensitive: bool,
    /// ISO 639-1; guessed if not given.
    pub default_language: Option<String>,
    /// The newest notification that was seen.
    pub read_notification: i64,
    /// May not sign in since.
    pub disabled_at: Option<Millis>,
    /// When they registered.
    pub created_at: Millis,
    /// When they last were here; five minutes exact.
    pub last_seen_at: Option<Millis>,
    /// How the pages are to look and behave.
    #[sqlx(try_from = "String")]
    pub settings: Settings,
}

/// A browser that is signed in.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Session {
    /// Ours.
    pub id: SessionId,
    /// Who.
    pub account_id: AccountId,
    /// Must come back with every form.
    pub csrf_token: String,
    /// What the browser says it is.
    pub user_agent: String,
    /// When they signed in.
    pub created_at: Millis,
    /// Five minutes exact.
    pub last_seen_at: Millis,
    /// When it ends, if nobody comes until then.
    pub expires_at: Millis,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The first administrator signs up and names the site.
    FirstRun,
    /// Somebody signs up.
    Invitation,
    /// Somebody chooses a new password.
    ResetPassword,
    /// Somebody shows that the e-mail address is theirs.
    ConfirmEmail,
}

words!(Purpose {
    FirstRun = "first_run",
    Invitation = "invitation",
    ResetPassword = "reset_password",
    ConfirmEmail = "confirm_email",
});

/// A link that works once. The code itself is not kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Link {
    /// SHA-256 of the code, hex.
    pub code_hash: String,
    /// What it is for.
    #[sqlx(try_from = "String")]
    pub purpose: Purpose,
    /// Whose password.
    pub account_id: Option<AccountId>,
    /// What whoever signs up by it becomes.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// Who made it; nobody if it was the command line.
    pub created_by: Option<AccountId>,
    /// When.
    pub created_at: Millis,
    /// Until when it works.
    pub expires_at: Millis,
    /// The e-mail address that it was sent to; whoever uses it has shown that it is theirs.
    pub address: Option<String>,
}

/// A client program.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OAuthApp {
    /// Ours.
    pub id: OAuthAppId,
    /// Its name on the wire.
    pub client_id: String,
    /// SHA-256 of its secret, hex.
    pub client_secret_hash: String,
    /// As people call it.
    pub name: String,
    /// Its page.
    pub website: Option<String>,
    /// A line each.
    pub redirect_uris: String,
    /// What it may ask for, separated by spaces.
    pub scopes: String,
    /// When it came.
    pub created_at: Millis,
}

impl OAuthApp {
    /// Where it may send people back to.
    pub fn redirect_uris(&self) -> impl Iterator<Item = &str> {
        self.redirect_uris.lines()
    }
}

/// A client program that registers.
#[derive(Clone, Debug, Default)]
pub struct NewApp {
    /// As people call it.
    pub name: String,
    /// Its page.
    pub website: Option<String>,
    /// Where it may send people back to.
    pub redirect_uris: Vec<String>,
    /// What it may ask for, separated by spaces; empty for `read`.
    pub scopes: String,
}

/// A program's access.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Token {
    /// Ours.
    pub id: OAuthTokenId,
    /// The program; none if it was made on the command line.
    pub app_id: Option<OAuthAppId>,
    /// For whom; none if for the program itself.
    pub account_id: Option<AccountId>,
    /// Separated by spaces.
    pub scopes: String,
    /// What the command line called it.
    pub name: String,
    /// When it was made.
    pub created_at: Millis,
    /// An hour exact.
    pub last_used_at: Option<Millis>,
}

/// An authorisation code.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Code {
    /// SHA-256 of the code, hex.
    pub code_hash: String,
    /// The program.
    pub app_id: OAuthAppId,
    /// Who agreed.
    pub account_id: AccountId,
    /// Where it was sent.
    pub redirect_uri: String,
    /// What was agreed to.
    pub scopes: String,
    /// PKCE, S256.
    pub code_challenge: Option<String>,
    /// When.
    pub created_at: Millis,
    /// Until when it works.
    pub expires_at: Millis,
    /// When it was exchanged; tokens made by it bear the same time.
    pub used_at: Option<Millis>,
}
