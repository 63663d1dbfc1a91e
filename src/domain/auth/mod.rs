//! Who may come in: people with passwords and sessions, links that work once, programs with tokens.

pub mod apps;
pub mod confirm;
pub mod create;
pub mod leave;
pub mod link;
pub mod login;
pub mod manage;
pub mod model;
pub mod oauth;
pub mod password;
pub mod preferences;
pub mod register;
pub mod scopes;
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod store;
pub mod sweep;
pub mod token;

pub use create::{NewPerson, create};
pub use leave::leave;
pub use model::{Link, NewApp, OAuthApp, Purpose, Role, Session, Token, User};
pub use preferences::{Preferences, prefer};
pub use register::{Registration, register};
pub use scopes::{Scope, Scopes};
pub use session::SignedIn;
pub use settings::Settings;
pub use sign_in::sign_in;
