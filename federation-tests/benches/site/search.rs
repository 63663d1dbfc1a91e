//! Search in the million posts of `home`: common and rare words, phrases, and what narrows them.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use breezeway::base::Clock;
use breezeway::domain::instance;

use super::home::report;
use super::process::Running;

/// Searches of each kind, one after the other.
const TIMES: usize = 200;

/// What is asked; `#` stands for a number that is another each time. How many of it are found at least.
const QUESTIONS: &[(&str, &str, usize)] = &[
    ("a word of every post", "figures", 20),
    ("a word of one in twenty", "room7", 20),
    ("a word of one in a thousand", "theme#", 20),
    ("a word of one", "\"number #000\"", 1),
    ("two words", "theme# thursday", 20),
    ("a phrase", "\"figures of last week\" theme#", 20),
    ("without a word", "folder -room7", 20),
    ("the beginning of a word", "theme#*", 20),
    ("by one of 5,000", "from:p1# figures", 1),
    ("of one of 50 sites", "in:site7.example.org folder", 20),
    ("no such word", "elephants figures", 0),
];

/// Fills the index as a site does that gets the search with an update, and asks.
pub async fn measure(site: &mut Running, token: &str) -> Result<()> {
    let db = site.db().await?;
    let mut tx = db.begin().await?;
    instance::store::upsert(&mut tx, "search_filled_down_to", "", Clock::system().now()).await?;
    instance::store::upsert(&mut tx, "search_people_up_to", "0", Clock::system().now()).await?;
    tx.commit().await?;
    site.restart().await?;
    let start = Instant::now();
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let mut conn = db.read().await?;
        if instance::store::find(&mut conn, "search_filled_down_to").await?.as_deref() == Some("0") {
            break;
        }
    }
    println!("search, filled with a million posts in     {:>8.0} s", start.elapsed().as_secs_f64());
    site.restart().await?;
    for (name, question, least) in QUESTIONS {
        ask(site, token, (name, question, *least)).await?;
    }
    db.close().await;
    Ok(())
}

async fn ask(site: &Running, token: &str, (name, question, least): (&str, &str, usize)) -> Result<()> {
    let mut times = Vec::with_capacity(TIMES);
    let before = site.cpu()?;
    for number in 0..TIMES {
        let text = question.replace('#', &(number + 100).to_string());
        let query: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let start = Instant::now();
        let found = site.get(token, &format!("/api/v2/search?type=statuses&limit=20&q={query}")).await?;
        times.push(start.elapsed());
        let count = found["statuses"].as_array().context("no statuses")?.len();
        ensure!(count >= least, "{text}: {count}");
    }
    report(&format!("search, {name}"), times, site.cpu()?.saturating_sub(before));
    Ok(())
}
