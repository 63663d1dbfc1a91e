//! Samples of the pages without the shell.

use super::Samples;
use crate::web::pages::authorize::{Authorize, HiddenField, ScopeLine};
use crate::web::pages::confirm::Confirm;
use crate::web::pages::door::{Register, RegisterForm, SignIn, SignInForm};
use crate::web::pages::error::ErrorPage;
use crate::web::pages::forgot::{Forgot, ForgotForm};
use crate::web::pages::unsubscribe::Unsubscribe;
use crate::web::views::wrong;

pub fn sign_in() -> Samples<SignIn> {
    let wrong_password =
        SignInForm { login: "ann".into(), errors: wrong("form", "⟦Name or password are not right.⟧") };
    vec![
        ("first", SignIn { back: "/".into(), mails: true, form: SignInForm::default() }),
        ("again", SignIn { back: "/".into(), mails: false, form: wrong_password }),
    ]
}

pub fn register() -> Samples<Register> {
    let page = |names_site, new_person| Register {
        heading: "⟦Welcome⟧".into(),
        lead: "⟦This link makes you the administrator of a new site. It works once.⟧".into(),
        action: "/first-run/x".into(),
        button: "⟦Open the site⟧".into(),
        names_site,
        new_person,
        least: 10,
        form: RegisterForm {
            errors: wrong("username", "⟦This name is taken.⟧"), ..RegisterForm::default()
        },
    };
    vec![("first-run", page(true, true)), ("invited", page(false, true)), ("password", page(false, false))]
}

pub fn authorize() -> Samples<Authorize> {
    let page = |code| Authorize {
        app: "Toot".into(),
        website: Some("https://toot.example".into()),
        scopes: vec![
            ScopeLine { name: "read".into(), label: "read" },
            ScopeLine { name: "write".into(), label: "write" },
        ],
        target: "toot.example".into(),
        fields: vec![HiddenField { name: "client_id", value: "x".into() }],
        code,
    };
    vec![("ask", page(None)), ("code", page(Some("3f1c8c2e5a7b4d0c9a".into())))]
}

pub fn error() -> Samples<ErrorPage> {
    let page = |status, kind, text: &str| ErrorPage {
        status,
        kind,
        text: text.into(),
        request_id: (status == 500).then(|| "01J8Z".into()),
        back: Some("/".into()),
    };
    let missing = || page(404, "not-found", "⟦The page does not exist, or it is not meant for you.⟧");
    vec![
        ("404", missing()),
        ("stranger-404", missing()),
        ("500", page(500, "internal", "⟦It is written down.⟧")),
    ]
}

pub fn forgot() -> Samples<Forgot> {
    let page = |mails, asked, form| Forgot { mails, asked, form };
    let empty = ForgotForm { login: String::new(), errors: wrong("login", "⟦Write your name.⟧") };
    vec![
        ("stranger-first", page(true, false, ForgotForm::default())),
        ("stranger-wrong", page(true, false, empty)),
        ("stranger-asked", page(true, true, ForgotForm::default())),
        ("stranger-off", page(false, false, ForgotForm::default())),
    ]
}

pub fn confirm() -> Samples<Confirm> {
    let page = |address| Confirm { address, action: "/confirm/x".into() };
    vec![("stranger-ask", page(Some("ann@example.org".into()))), ("done", page(None))]
}

pub fn unsubscribe() -> Samples<Unsubscribe> {
    let page = |stream, done| Unsubscribe { stream, done, action: "/unsubscribe/1/news/x".into() };
    vec![
        ("stranger-ask", page("news", false)),
        ("stranger-done", page("news", true)),
        ("digest", page("digest", false)),
        ("digest-done", page("digest", true)),
    ]
}
