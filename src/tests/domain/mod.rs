//! The verbs of the domain, through the database, on either engine.

mod bounds;
mod drafts;
mod homes;
mod leaving;
mod moderation;
mod order;
mod organisation;
mod orphans;
mod posts;
mod reports;
mod scheduled;
mod threads;
mod ties;
mod visibility;
