//! What sort of file a video or a sound comes in.

/// The wrappings that are taken. ffmpeg is told which one it is and may use no other: some formats, as playlists, name
/// further files to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// MP4, MOV, M4A, 3GP
    Mp4,
    /// Matroska, WebM
    Matroska,
    /// Ogg
    Ogg,
    /// MP3
    Mp3,
    /// AAC without a wrapping
    Aac,
    /// WAV
    Wav,
    /// FLAC
    Flac,
    /// AVI
    Avi,
}

impl Container {
    pub(super) const ALL: [Self; 8] =
        [Self::Mp4, Self::Matroska, Self::Ogg, Self::Mp3, Self::Aac, Self::Wav, Self::Flac, Self::Avi];

    /// Media types of all of them, for the API.
    pub const MIMES: [&'static str; 14] = [
        "video/mp4",
        "video/quicktime",
        "video/webm",
        "video/x-matroska",
        "video/x-msvideo",
        "video/ogg",
        "audio/mpeg",
        "audio/mp4",
        "audio/aac",
        "audio/ogg",
        "audio/webm",
        "audio/wav",
        "audio/x-wav",
        "audio/flac",
    ];

    /// The one that the first bytes of a file show.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(Self::Mp4),
            [_, _, _, _, b'm', b'o', b'o', b'v', ..] | [_, _, _, _, b'w', b'i', b'd', b'e', ..] => {
                Some(Self::Mp4)
            }
            [0x1a, 0x45, 0xdf, 0xa3, ..] => Some(Self::Matroska),
            [b'O', b'g', b'g', b'S', ..] => Some(Self::Ogg),
            [b'I', b'D', b'3', ..] => Some(Self::Mp3),
            [0xff, second, ..] if second & 0xf6 == 0xf0 => Some(Self::Aac),
            [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 == 0x02 => Some(Self::Mp3),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some(Self::Wav),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => Some(Self::Avi),
            [b'f', b'L', b'a', b'C', ..] => Some(Self::Flac),
            _ => None,
        }
    }

    /// What ffmpeg calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mp4 => "mov",
            Self::Matroska => "matroska",
            Self::Ogg => "ogg",
            Self::Mp3 => "mp3",
            Self::Aac => "aac",
            Self::Wav => "wav",
            Self::Flac => "flac",
            Self::Avi => "avi",
        }
    }

    /// From its word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|container| container.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_playlist_is_none_of_them() {
        for text in
            ["#EXTM3U\nfile:///etc/passwd", "ffconcat version 1.0\nfile x", "<MPD/>", "[playlist]", ""]
        {
            assert_eq!(Container::sniff(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn each_is_known_by_its_word() {
        for container in Container::ALL {
            assert_eq!(Container::from_word(container.word()), Some(container));
        }
        assert_eq!(Container::from_word("hls"), None);
    }
}
