//! With the real ffmpeg, where the machine has it; without it there is nothing to try.

use std::process::Command;

use super::*;

fn settings() -> Media {
    Media::default()
}

/// A workshop and a file that ffmpeg makes of `words`; none on a machine without it.
fn with_file(settings: &Media, words: &str, end: &str) -> Option<(tempfile::TempDir, Ffmpeg, PathBuf)> {
    let folder = tempfile::tempdir().unwrap();
    let ffmpeg = Ffmpeg::find(settings, folder.path());
    let program = ffmpeg.tools.as_ref()?.ffmpeg.clone();
    let file = folder.path().join(format!("made.{end}"));
    let done = Command::new(program).args(["-v", "error"]).args(words.split_whitespace()).arg(&file).status();
    assert!(done.unwrap().success());
    Some((folder, ffmpeg, file))
}

const MOVING: &str = "-f lavfi -i testsrc=size=1600x900:rate=10:duration=2 -f lavfi -i sine=duration=2 \
                      -metadata title=SECRET -metadata:s:v title=SECRET -metadata:s:a title=SECRET \
                      -metadata location=+52.5200+013.4050/ -metadata creation_time=2019-08-07T06:05:04Z";

async fn convert(ffmpeg: &Ffmpeg, file: &Path) -> Result<(Vec<u8>, Made, Option<Vec<u8>>)> {
    let bench = ffmpeg.bench(&Random::seeded(1)).await?;
    let bytes = std::fs::read(file).unwrap();
    std::fs::write(bench.input(), &bytes).unwrap();
    let made = bench.convert(Container::sniff(&bytes).expect("a known wrapping")).await?;
    let poster = made.poster.as_ref().map(|poster| std::fs::read(poster).unwrap());
    Ok((std::fs::read(&made.file).unwrap(), made, poster))
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[tokio::test]
async fn a_video_is_written_anew_without_anything_but_itself() {
    for end in ["mp4", "mov", "mkv", "webm", "avi"] {
        let codec =
            if end == "webm" { "-c:v libvpx -deadline realtime -c:a libopus" } else { "-c:v mpeg4 -c:a aac" };
        let codec = if end == "avi" { "-c:v mpeg4 -c:a mp3" } else { codec };
        let words = format!("{MOVING} {codec}");
        let Some((folder, ffmpeg, file)) = with_file(&settings(), &words, end) else { return };
        assert!(holds(&std::fs::read(&file).unwrap(), "SECRET"), "{end}");

        let (bytes, made, poster) = convert(&ffmpeg, &file).await.unwrap();

        assert_eq!(made.pixels, Some((1280, 720)), "{end}");
        assert!((1800..2300).contains(&made.duration_ms), "{end}: {}", made.duration_ms);
        for word in ["SECRET", "+52.52", "2019"] {
            assert!(!holds(&bytes, word), "{end}: {word}");
        }
        assert!(holds(&bytes[..64], "ftyp") && holds(&bytes, "avc1") && holds(&bytes, "mp4a"), "{end}");
        // The table of contents stands first, so that it plays before it is whole.
        let place = |word: &str| bytes.windows(4).position(|window| window == word.as_bytes());
        assert!(place("moov") < place("mdat"), "{end}");
        let poster = image::load_from_memory(&poster.expect("a poster")).unwrap();
        assert_eq!((poster.width(), poster.height()), (1280, 720), "{end}");
        let left: Vec<_> = std::fs::read_dir(folder.path().join("work")).unwrap().collect();
        assert!(left.is_empty(), "{end}: {left:?}");
    }
}

#[tokio::test]
async fn sound_becomes_m4a_also_with_a_cover() {
    let sine = "-f lavfi -i sine=duration=2 -metadata artist=SECRET";
    let cover = "-f lavfi -i sine=duration=2 -f lavfi -i color=red:size=64x64:duration=0.1:rate=10 -map 0 -map 1 \
                 -c:v mjpeg -frames:v 1 -disposition:v attached_pic -metadata artist=SECRET";
    for (words, end) in [(sine, "mp3"), (sine, "wav"), (sine, "flac"), (sine, "ogg"), (cover, "mp3")] {
        let Some((_folder, ffmpeg, file)) = with_file(&settings(), words, end) else { return };

        let (bytes, made, poster) = convert(&ffmpeg, &file).await.unwrap();

        assert_eq!((made.pixels, poster), (None, None), "{end}");
        assert!((1900..2300).contains(&made.duration_ms), "{end}");
        assert!(!holds(&bytes, "SECRET") && holds(&bytes, "mp4a"), "{end}");
    }
}

#[tokio::test]
async fn a_video_on_its_side_stands_upright() {
    let words = "-f lavfi -i testsrc=size=320x200:rate=10:duration=1 -c:v mpeg4";
    let Some((folder, ffmpeg, file)) = with_file(&settings(), words, "mp4") else { return };
    let turned = folder.path().join("turned.mp4");
    let program = &ffmpeg.tools.as_ref().unwrap().ffmpeg;
    let mut command = Command::new(program);
    command
        .args(["-v", "error", "-i"])
        .arg(&file)
        .args(["-c", "copy", "-metadata:s:v", "rotate=90"])
        .arg(&turned);
    assert!(command.status().unwrap().success());

    let (_, made, _) = convert(&ffmpeg, &turned).await.unwrap();

    assert_eq!(made.pixels, Some((200, 320)));
}

#[tokio::test]
async fn what_is_broken_too_large_or_too_long_is_refused_with_the_reason() {
    let words = "-f lavfi -i color=red:size=4000x3000:rate=1:duration=1 -c:v mpeg4";
    let Some((folder, ffmpeg, file)) = with_file(&settings(), words, "mp4") else { return };
    assert!(convert(&ffmpeg, &file).await.unwrap_err().to_string().contains("4000×3000 pixels"));

    std::fs::write(&file, b"\0\0\0\x20ftypisom and nothing else that makes sense").unwrap();
    let broken = convert(&ffmpeg, &file).await.unwrap_err().to_string();
    assert_eq!(broken, "file is broken, or in a format that this site cannot read");

    let hurried = Media { video_time: Duration::from_millis(1), ..settings() };
    let Some((_folder, ffmpeg, file)) = with_file(&hurried, &format!("{MOVING} -c:v mpeg4"), "mp4") else {
        return;
    };
    let slow = convert(&ffmpeg, &file).await.unwrap_err().to_string();
    assert!(slow.starts_with("file is too long: writing it anew took more than"), "{slow}");
    assert!(folder.path().join("work").read_dir().unwrap().next().is_none());
}

#[tokio::test]
async fn a_list_of_other_files_is_never_followed() {
    let words = "-f lavfi -i sine=duration=1";
    let Some((folder, ffmpeg, file)) = with_file(&settings(), words, "wav") else { return };
    let list =
        format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{}\n#EXT-X-ENDLIST\n", file.display());
    let concat = format!("ffconcat version 1.0\nfile '{}'\n", file.display());
    for text in [list, concat] {
        for container in Container::ALL {
            let bench = ffmpeg.bench(&Random::seeded(1)).await.unwrap();
            std::fs::write(bench.input(), &text).unwrap();
            assert!(bench.convert(container).await.is_err(), "{container:?}: {text}");
        }
    }
    drop(folder);
}

#[tokio::test]
async fn without_ffmpeg_there_is_no_bench() {
    for name in ["", "no-such-program-anywhere", "/no/such/program"] {
        let none = Media { ffmpeg: name.to_owned(), ..settings() };
        let ffmpeg = Ffmpeg::find(&none, Path::new("work"));

        assert!(!ffmpeg.is_there());
        let refused = ffmpeg.bench(&Random::seeded(1)).await.unwrap_err().to_string();
        assert_eq!(refused, format!("file {MISSING}"));
    }
}
