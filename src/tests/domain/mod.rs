//! The verbs of the domain, through the database, on either engine.

mod bounds;
mod data;
mod drafts;
mod filters;
mod homes;
mod kept;
mod leaving;
mod lists;
mod live;
mod moderation;
mod order;
mod organisation;
mod orphans;
mod posts;
mod reading;
mod reports;
mod scheduled;
mod search;
mod tags;
mod telling;
mod threads;
mod ties;
mod visibility;
