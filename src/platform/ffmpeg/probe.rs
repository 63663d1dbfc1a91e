//! What is in a file, as ffprobe sees it.

use std::path::Path;

use serde::Deserialize;

use super::{Container, Tools, broken, run};
use crate::base::Result;

/// What is in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Probe {
    /// Width and height of moving pictures, if there are any. A cover of an album is none.
    pub video: Option<(u32, u32)>,
    /// Whether there is sound.
    pub audio: bool,
    /// How long it is; 0 if it does not say.
    pub duration_ms: i64,
}

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    format: Format,
}

#[derive(Deserialize)]
struct Stream {
    #[serde(default)]
    codec_type: String,
    #[serde(default)]
    width: u32,
    #[serde(default)]
    height: u32,
    #[serde(default)]
    disposition: Disposition,
}

#[derive(Default, Deserialize)]
struct Disposition {
    #[serde(default)]
    attached_pic: u8,
}

#[derive(Default, Deserialize)]
struct Format {
    #[serde(default)]
    duration: String,
}

/// Looks at the file `name` in `folder`.
pub(super) async fn probe(tools: &Tools, folder: &Path, name: &str, container: Container) -> Result<Probe> {
    let words = [
        &super::input(container)[..],
        &["-v", "error", "-of", "json", "-show_entries"],
        &["stream=codec_type,width,height:stream_disposition=attached_pic:format=duration", name],
    ]
    .concat();
    let done = run::run(tools, &tools.ffprobe, folder, &words).await?;
    if !done.well {
        return Err(broken(&done));
    }
    read(&done.output).ok_or_else(|| broken(&done))
}

fn read(json: &[u8]) -> Option<Probe> {
    let said: Said = serde_json::from_slice(json).ok()?;
    let moving = |stream: &&Stream| stream.codec_type == "video" && stream.disposition.attached_pic == 0;
    let seconds: f64 = said.format.duration.parse().unwrap_or_default();
    Some(Probe {
        video: said.streams.iter().find(moving).map(|stream| (stream.width, stream.height)),
        audio: said.streams.iter().any(|stream| stream.codec_type == "audio"),
        duration_ms: if seconds.is_finite() { (seconds * 1000.0).clamp(0.0, 1e12) as i64 } else { 0 },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cover_of_an_album_does_not_make_it_a_video() {
        let json = br#"{"programs":[],"streams":[{"codec_type":"audio","disposition":{"attached_pic":0}},
            {"codec_type":"video","width":500,"height":500,"disposition":{"attached_pic":1}}],
            "format":{"duration":"61.500000"}}"#;

        assert_eq!(read(json), Some(Probe { video: None, audio: true, duration_ms: 61_500 }));
        assert_eq!(read(b"{}"), Some(Probe::default()));
        assert_eq!(read(b"not json"), None);
    }
}
