//! Settings: the profile, the password, where one is signed in.

use serde::Serialize;

use crate::base::id::SessionId;
use crate::web::templates::View;
use crate::web::views::{Errors, Time};

/// The page.
#[derive(Debug, Serialize)]
pub struct Settings {
    /// What is set.
    pub form: SettingsForm,
    /// For the browser's store of passwords.
    pub login: String,
    /// The latest first.
    pub sessions: Vec<SessionLine>,
}

/// What is set.
#[derive(Debug, Default, Serialize)]
pub struct SettingsForm {
    /// The name that others see.
    pub display_name: String,
    /// As it was typed.
    pub bio: String,
    /// Whether one is asked before somebody follows.
    pub locked: bool,
    /// Whether one is listed.
    pub discoverable: bool,
    /// What could not be taken.
    pub errors: Errors,
}

/// A browser that is signed in.
#[derive(Debug, Serialize)]
pub struct SessionLine {
    /// Ours.
    pub id: SessionId,
    /// As in "Firefox on Linux".
    pub browser: String,
    /// When it last asked for a page.
    pub seen: Time,
    /// Whether it is this one.
    pub current: bool,
}

impl View for Settings {
    const TEMPLATE: &'static str = "pages/settings.html";
}
