//! Videos and sound: written anew by ffmpeg, where the machine has it.
//!
//! A file of a stranger is read by a program of half a million lines, so it is kept short: one file at a time, with low
//! priority and a limit of time, in a folder of its own, without our surroundings, told which format the file is in so
//! that none is chosen that reads other files, and never an address to fetch from. What comes out holds pictures and
//! sound and nothing else.

mod container;
mod probe;
mod run;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

pub use container::Container;
use probe::{Probe, probe};

use crate::base::config::Media;
use crate::base::{Error, Result};
use crate::platform::crypto::Random;

/// What a person reads who sends a video to a site without ffmpeg.
pub const MISSING: &str =
    "is a video or a sound, and this site cannot take those. Ask those who run it to install ffmpeg";

/// Videos with more pixels are refused before anything is decoded: 4K has 8.8 million.
pub const MAX_PIXELS: u64 = 10_000_000;
/// No side of what is made is longer.
const SIDE: u32 = 1280;
/// What is made never gets larger.
const LARGEST: u64 = 1 << 30;

/// The workshop for videos of one site. Clones share it.
#[derive(Clone, Debug)]
pub struct Ffmpeg {
    tools: Option<Arc<Tools>>,
    folder: PathBuf,
    time: Duration,
    turn: Arc<Semaphore>,
    /// Rung when there is work.
    pub bell: Arc<Notify>,
}

/// Where the programs are.
#[derive(Debug)]
struct Tools {
    ffmpeg: PathBuf,
    ffprobe: PathBuf,
    nice: Option<PathBuf>,
}

impl Ffmpeg {
    /// Looks for the programs; `folder` is where it may work.
    pub fn find(settings: &Media, folder: &Path) -> Self {
        Self {
            tools: find(&settings.ffmpeg).map(Arc::new),
            folder: folder.join("work"),
            time: settings.video_time,
            turn: Arc::new(Semaphore::new(1)),
            bell: Arc::default(),
        }
    }

    /// Whether videos and sound can be taken.
    pub fn is_there(&self) -> bool {
        self.tools.is_some()
    }

    /// A place to work on one file; waits until it is free.
    ///
    /// # Errors
    /// [`Error::Invalid`] with [`MISSING`] where there is no ffmpeg; [`Error::Internal`] if there is no room.
    pub async fn bench(&self, random: &Random) -> Result<Bench> {
        let tools = self.tools.clone().ok_or_else(|| Error::invalid("file", MISSING))?;
        let turn = Arc::clone(&self.turn).acquire_owned().await.map_err(Error::internal)?;
        let folder = self.folder.join(random.short_id());
        std::fs::create_dir_all(&folder).map_err(Error::internal)?;
        Ok(Bench { tools, folder, time: self.time, _turn: turn })
    }
}

/// A folder to work in, which goes with this value.
#[derive(Debug)]
pub struct Bench {
    tools: Arc<Tools>,
    folder: PathBuf,
    time: Duration,
    _turn: OwnedSemaphorePermit,
}

/// What was made. The files are gone with the bench.
#[derive(Clone, Debug)]
pub struct Made {
    /// MP4 with H.264 and AAC, or M4A with AAC.
    pub file: PathBuf,
    /// A picture out of a video, as JPEG.
    pub poster: Option<PathBuf>,
    /// Pixels of a video; none of a sound.
    pub pixels: Option<(u32, u32)>,
    /// How long it is.
    pub duration_ms: i64,
}

impl Bench {
    /// Where to put the file that is to be worked on.
    pub fn input(&self) -> PathBuf {
        self.folder.join("in")
    }

    /// Writes the file anew.
    ///
    /// # Errors
    /// [`Error::Invalid`] with what is wrong with the file; [`Error::Internal`] if ffmpeg cannot be started.
    pub async fn convert(&self, container: Container) -> Result<Made> {
        let limit = self.time;
        tokio::time::timeout(limit, self.work(container)).await.unwrap_or_else(|_| {
            let minutes = limit.as_secs().div_ceil(60);
            Err(Error::invalid(
                "file",
                format!(
                    "is too long: writing it anew took more than {minutes} min. Make it shorter or smaller"
                ),
            ))
        })
    }

    async fn work(&self, container: Container) -> Result<Made> {
        let found = probe(&self.tools, &self.folder, "in", container).await?;
        check(&found)?;
        let name = if found.video.is_some() { "out.mp4" } else { "out.m4a" };
        let how = if found.video.is_some() { video() } else { sound() };
        let how: Vec<&str> = how.iter().map(String::as_str).collect();
        self.ffmpeg(&[&input(container)[..], &["-i", "in"], &how, &CLEAN, &["-f", "mp4", name]].concat())
            .await?;
        let made = probe(&self.tools, &self.folder, name, Container::Mp4).await?;
        let file = self.folder.join(name);
        if std::fs::metadata(&file).map_err(Error::internal)?.len() + (1 << 20) > LARGEST {
            return Err(Error::invalid("file", "is too long. Make it shorter or smaller"));
        }
        let poster = if made.video.is_some() { self.poster(name, made.duration_ms).await? } else { None };
        Ok(Made { file, poster, pixels: made.video, duration_ms: made.duration_ms })
    }

    /// A picture near the beginning, but not of the first moment, which is often black.
    async fn poster(&self, video: &str, duration_ms: i64) -> Result<Option<PathBuf>> {
        let at = format!("{:.3}", (duration_ms / 10).min(3000) as f64 / 1000.0);
        let from = input(Container::Mp4);
        let words = [
            &from[..],
            &["-ss", &at, "-i", video, "-an", "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3"],
            &CLEAN[..],
            &["-f", "mjpeg", "poster.jpg"],
        ]
        .concat();
        self.ffmpeg(&words).await?;
        let poster = self.folder.join("poster.jpg");
        let is_there = std::fs::metadata(&poster).is_ok_and(|found| found.len() > 0);
        Ok(is_there.then_some(poster))
    }

    async fn ffmpeg(&self, words: &[&str]) -> Result<()> {
        let words = [&["-nostdin", "-hide_banner", "-y", "-v", "error"], words].concat();
        let done = run::run(&self.tools, &self.tools.ffmpeg, &self.folder, &words).await?;
        if done.well { Ok(()) } else { Err(broken(&done)) }
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::warn!(folder = %self.folder.display(), %error, "The folder of a video could not be removed");
        }
    }
}

/// What goes before each file that is read.
fn input(container: Container) -> [&'static str; 8] {
    let word = container.word();
    ["-protocol_whitelist", "file,pipe", "-format_whitelist", word, "-max_alloc", "268435456", "-f", word]
}

/// What keeps everything out of what is made that is neither picture nor sound.
const CLEAN: [&str; 12] = [
    "-map_metadata",
    "-1",
    "-map_metadata:s",
    "-1",
    "-map_chapters",
    "-1",
    "-sn",
    "-dn",
    "-fflags",
    "+bitexact",
    "-threads",
    "2",
];

fn video() -> Vec<String> {
    let scale = format!(
        "scale=w='min({SIDE},iw)':h='min({SIDE},ih)':force_original_aspect_ratio=decrease:force_divisible_by=2,\
         setsar=1,format=yuv420p"
    );
    let words = "-map 0:v:0 -map 0:a:0? -c:v libx264 -preset veryfast -crf 24 -maxrate 4M -bufsize 8M -profile:v main \
                 -flags:v +bitexact -bsf:v filter_units=remove_types=6 -c:a aac -b:a 128k -ac 2 -flags:a +bitexact \
                 -movflags +faststart";
    let size = LARGEST.to_string();
    let rest = ["-vf", &scale, "-fs", &size].map(str::to_owned);
    words.split_whitespace().map(str::to_owned).chain(rest).collect()
}

fn sound() -> Vec<String> {
    let words = "-map 0:a:0 -vn -c:a aac -b:a 160k -ac 2 -flags:a +bitexact -movflags +faststart -fs";
    words.split_whitespace().map(str::to_owned).chain([LARGEST.to_string()]).collect()
}

fn check(found: &Probe) -> Result<()> {
    match found.video {
        Some((width, height)) if u64::from(width) * u64::from(height) > MAX_PIXELS => Err(Error::invalid(
            "file",
            format!("has {width}×{height} pixels, more than {} million", MAX_PIXELS / 1_000_000),
        )),
        None if !found.audio => Err(Error::invalid("file", "holds neither moving pictures nor sound")),
        _ => Ok(()),
    }
}

/// What ffmpeg said is for the log; the person hears that the file is broken.
fn broken(done: &run::Done) -> Error {
    let said = done.complaint.lines().next_back().unwrap_or_default();
    tracing::info!(said, "ffmpeg could not read a file: {said}");
    Error::invalid("file", "is broken, or in a format that this site cannot read")
}

/// The programs, by the name or place of ffmpeg.
fn find(ffmpeg: &str) -> Option<Tools> {
    let ffmpeg = program(ffmpeg)?;
    let beside = ffmpeg.with_file_name("ffprobe");
    let ffprobe = if is_program(&beside) { beside } else { program("ffprobe")? };
    Some(Tools { ffmpeg, ffprobe, nice: program("nice") })
}

#[expect(clippy::disallowed_methods, reason = "where programs are is no setting of a site")]
fn program(name: &str) -> Option<PathBuf> {
    if name.is_empty() {
        return None;
    }
    if name.contains('/') {
        return std::path::absolute(name).ok().filter(|path| is_program(path));
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|path| path.is_absolute() && is_program(path))
}

fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
#[path = "ffmpeg_tests.rs"]
mod tests;
