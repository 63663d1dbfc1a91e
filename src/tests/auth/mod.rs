//! Who may come in: links, passwords, sessions, programs.

mod links;
mod programs;
mod sessions;

use breezeway::base::Millis;
use breezeway::base::clock::{Clock, Hand};
use breezeway::domain::auth::Registration;
use breezeway::testing::TestApp;

/// A site whose time the test holds in its hand.
pub async fn app_with_hand() -> (TestApp, Hand) {
    let (clock, hand) = Clock::manual(Millis(1_767_323_045_678));
    (TestApp::build().clock(clock).start().await, hand)
}

/// The code at the end of a link.
pub fn code_of(url: &str) -> &str {
    url.rsplit('/').next().unwrap()
}

/// What somebody types to register.
pub fn registration(username: &str) -> Registration {
    Registration {
        username: username.to_owned(),
        email: format!("{username}@example.org"),
        password: "correct horse battery".to_owned(),
        ..Registration::default()
    }
}
