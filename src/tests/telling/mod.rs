//! Mails, web push and notifications, from what happened to what arrives.

mod letters;
mod pages;
mod policies;
mod post_office;
mod push;
