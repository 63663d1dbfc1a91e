//! A file for each page: where it answers, its view model and its handlers.

use axum::routing::{MethodRouter, get};

use super::redirect;
use super::state::Web;

pub mod act;
pub mod authorize;
pub mod card_of_post;
pub mod case;
pub mod catch_up;
pub mod complete;
pub mod compose;
pub mod confirm;
pub mod desk;
pub mod door;
pub mod drafts;
pub mod error;
pub mod filters;
pub mod followed_tags;
pub mod forgot;
pub mod home;
pub mod installed;
pub mod invitations;
pub mod kept;
pub mod keyboard;
pub mod leaving;
pub mod list;
pub mod lists;
pub mod live;
pub mod log;
pub mod moving;
pub mod muted;
pub mod notifications;
pub mod palette;
pub mod people;
pub mod profile;
pub mod report;
pub mod requests;
pub mod search;
pub mod settings;
pub mod settings_notifications;
pub mod site;
pub mod sites;
pub mod tag;
pub mod thread;
pub mod thread_news;
pub mod unsubscribe;
pub mod upload;
pub mod uploaded;

/// Whoever comes to the address of a form by a reload, or by typing, is led to the page on which the form stands.
fn to(page: &'static str) -> MethodRouter<Web> {
    get(async move || redirect::to(page))
}
