//! Plays scenes, two at a time, and tells what came of them in the words of cargo's own tests.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::task::{LocalSet, spawn_local};

use crate::stage::{House, Stage};

/// So many at a time; a scene has a Chromium for each of its people.
const AT_ONCE: usize = 2;

/// What is played: gets a stage, panics if something is not as it should be.
pub type Play = fn(Arc<Stage>) -> Pin<Box<dyn Future<Output = ()>>>;

/// A play and how it is announced.
#[derive(Clone, Copy)]
pub struct Scene {
    pub name: &'static str,
    pub play: Play,
    pub scripts: bool,
    /// Only when asked for with `--ignored`.
    pub ignored: bool,
}

/// Plays what the arguments of cargo choose.
pub fn all(scenes: Vec<Scene>) -> ExitCode {
    let chosen = Choice::of_arguments().of(scenes);
    if std::env::args().any(|argument| argument == "--list") {
        for scene in &chosen {
            println!("{}: test", scene.title());
        }
        return ExitCode::SUCCESS;
    }
    if chosen.is_empty() {
        println!("\nrunning 0 tests\n");
        return ExitCode::SUCCESS;
    }
    if std::env::var("BREEZEWAY_TEST_BROWSER").is_ok_and(|set| set == "off") {
        println!("\nskipped: the browser suite, since BREEZEWAY_TEST_BROWSER=off\n");
        return ExitCode::SUCCESS;
    }
    // Scenes stay on this thread; the sites have the others.
    Runtime::new().expect("a runtime").block_on(LocalSet::new().run_until(play(chosen)))
}

async fn play(scenes: Vec<Scene>) -> ExitCode {
    let started = Instant::now();
    println!("\nrunning {} scenes in Chromium", scenes.len());
    let house = Arc::new(House::open().await);
    let count = scenes.len();
    let queue = Arc::new(Mutex::new(VecDeque::from(scenes)));
    let workers = (0..AT_ONCE).map(|_| spawn_local(work(Arc::clone(&house), Arc::clone(&queue))));
    let mut failed: Vec<String> = Vec::new();
    for worker in futures::future::join_all(workers).await {
        failed.extend(worker.expect("a worker does not fail, scenes do"));
    }
    Arc::into_inner(house).expect("all scenes are over").close().await;
    for name in &failed {
        println!("    FAILED {name}");
    }
    let result = if failed.is_empty() { "ok" } else { "FAILED" };
    let seconds = started.elapsed().as_secs_f32();
    println!(
        "\ntest result: {result}. {} passed; {} failed; in {seconds:.1} s\n",
        count - failed.len(),
        failed.len()
    );
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(101) }
}

async fn work(house: Arc<House>, queue: Arc<Mutex<VecDeque<Scene>>>) -> Vec<String> {
    let mut failed = Vec::new();
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let Some(scene) = next else { return failed };
        let began = Instant::now();
        let stage = Arc::new(Stage::new(Arc::clone(&house), scene.title(), scene.scripts));
        let fine = spawn_local((scene.play)(Arc::clone(&stage))).await.is_ok();
        if !fine {
            stage.photographs().await;
        }
        stage.clear().await;
        tell(&scene, fine, began.elapsed());
        if !fine {
            failed.push(scene.title());
        }
    }
}

fn tell(scene: &Scene, fine: bool, took: Duration) {
    let outcome = if fine { "ok" } else { "FAILED" };
    println!("test {} ... {outcome} ({:.1} s)", scene.title(), took.as_secs_f32());
}

impl Scene {
    fn title(&self) -> String {
        format!("{}{}", self.name, if self.scripts { "" } else { " (without scripts)" })
    }
}

/// The part of libtest's arguments that people use.
struct Choice {
    words: Vec<String>,
    exact: bool,
    ignored: bool,
    included: bool,
}

impl Choice {
    fn of_arguments() -> Self {
        let given: Vec<String> = std::env::args().skip(1).collect();
        let has = |flag: &str| given.iter().any(|argument| argument == flag);
        Self {
            exact: has("--exact"),
            ignored: has("--ignored"),
            included: has("--include-ignored"),
            words: given.into_iter().filter(|argument| !argument.starts_with('-')).collect(),
        }
    }

    fn of(&self, scenes: Vec<Scene>) -> Vec<Scene> {
        scenes.into_iter().filter(|scene| self.wants(scene)).collect()
    }

    fn wants(&self, scene: &Scene) -> bool {
        let title = scene.title();
        let named = |word: &String| if self.exact { title == *word } else { title.contains(word.as_str()) };
        (self.words.is_empty() || self.words.iter().any(named))
            && (self.included || scene.ignored == self.ignored)
    }
}
