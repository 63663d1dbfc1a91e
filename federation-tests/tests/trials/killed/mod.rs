//! Nothing is lost: `kill -9` of any site at random moments, again and again, under load.
//!
//! Three sites whose people follow one another write, answer, like, edit and delete over the API; two outsiders push
//! activities into the inboxes. Whatever dies unanswered is asked again, as a phone or another server would. What was
//! answered with success is remembered, and in the end it must be at every site where it belongs, exactly once and
//! in order.

mod ledger;
mod outsiders;
mod people;
mod town;
mod truth;

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::dice::Dice;
use town::Town;

/// How often somebody is killed; the variable `BREEZEWAY_TRIAL_KILLS` sets it.
const KILLS: usize = 60;

/// Without any progress for so long, what is missing is lost.
const PATIENCE: Duration = Duration::from_secs(90);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_when_sites_are_killed_under_load() {
    let dice = Dice::new();
    let town = Arc::new(Town::build(&dice).await);
    let stop = CancellationToken::new();
    let mut alive = JoinSet::new();
    for person in 0..town.people.len() {
        alive.spawn(people::live(
            Arc::clone(&town),
            person,
            dice.fork(&format!("person {person}")),
            stop.clone(),
        ));
    }
    for outsider in 0..town::OUTSIDERS.len() {
        for house in 0..town.houses.len() {
            let dice = dice.fork(&format!("outsider {outsider} {house}"));
            alive.spawn(outsiders::push(Arc::clone(&town), outsider, house, dice, stop.clone()));
        }
    }

    kill(&town, &dice.fork("killer")).await;
    stop.cancel();
    while let Some(ended) = alive.join_next().await {
        ended.expect("nobody was answered wrongly");
    }
    rest(&town).await;

    println!("{}", town.ledger().summary());
    settle(&town).await;
}

/// Kills somebody at a random moment: at work, while starting, while catching up.
async fn kill(town: &Town, dice: &Dice) {
    let kills = std::env::var("BREEZEWAY_TRIAL_KILLS").ok().and_then(|kills| kills.parse().ok());
    let start = Instant::now();
    for _ in 0..kills.unwrap_or(KILLS) {
        tokio::time::sleep(dice.millis(100, 1500)).await;
        let house = &town.houses[dice.below(town.houses.len())];
        house.dies();
        tokio::time::sleep(dice.millis(0, 300)).await;
        house.starts();
    }
    println!("the last was killed after {} s", start.elapsed().as_secs());
    for house in &town.houses {
        house.answers().await;
    }
}

/// Waits until no site has anything left to tell, however long that takes, as long as there is progress.
async fn rest(town: &Town) {
    let (mut before, mut since) = (Vec::new(), Instant::now());
    loop {
        let mut open = Vec::new();
        for house in &town.houses {
            house.answers().await;
            let (waiting, given_up) = house.open_work().await;
            assert_eq!(given_up, 0, "{} gave deliveries up:\n{}", house.name, house.printed());
            open.push(waiting);
        }
        if open.iter().all(|open| *open == 0) {
            return;
        }
        if open != before {
            (before, since) = (open, Instant::now());
        }
        assert!(since.elapsed() < PATIENCE, "work is left over and nothing moves: {before:?}");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Compares what is with what was answered. Threads are completed beside the deliveries, so there are several looks
/// as long as they differ.
async fn settle(town: &Town) {
    let (mut before, mut since) = (usize::MAX, Instant::now());
    loop {
        let wrong = truth::compare(town).await;
        if wrong.is_empty() {
            return;
        }
        if wrong.len() < before {
            (before, since) = (wrong.len(), Instant::now());
        }
        if since.elapsed() > Duration::from_secs(15) {
            for house in &town.houses {
                println!("---- {}\n{}", house.name, house.printed());
            }
            let shown = wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
            panic!("{} things are not as they were answered:\n{shown}", wrong.len());
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
