//! The door: sign in, register by a link, choose a new password, sign out.

use serde::Serialize;

use crate::web::templates::View;
use crate::web::views::Errors;

/// Sign in.
#[derive(Debug, Serialize)]
pub struct SignIn {
    /// Where to go afterwards.
    pub back: String,
    /// What was typed.
    pub form: SignInForm,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct SignInForm {
    /// The short name or the e-mail address.
    pub login: String,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for SignIn {
    const TEMPLATE: &'static str = "pages/sign_in.html";
}

/// Register by a link, or choose a new password.
#[derive(Debug, Serialize)]
pub struct Register {
    /// As in "Welcome".
    pub heading: String,
    /// What this is.
    pub lead: String,
    /// Where it is sent.
    pub action: String,
    /// What the button says.
    pub button: &'static str,
    /// Whether the site gets its name too.
    pub names_site: bool,
    /// Whether an account is made; otherwise only the password changes.
    pub new_person: bool,
    /// What was typed.
    pub form: RegisterForm,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct RegisterForm {
    /// What colleagues call the site.
    pub site_name: String,
    /// What colleagues call the person.
    pub display_name: String,
    /// The short name.
    pub username: String,
    /// The e-mail address.
    pub email: String,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for Register {
    const TEMPLATE: &'static str = "pages/register.html";
}
