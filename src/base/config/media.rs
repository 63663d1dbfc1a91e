//! `[media]`: pictures, videos, sound and files.

use std::time::Duration;

use super::problem::Problems;
use super::section::section;
use super::size::ByteSize;

section! {
    /// Pictures, videos, sound and files. All but files are written anew, so that no place, camera or name travels
    /// with them.
    pub struct Media in "media" {
        /// The largest picture that is taken.
        pub max_size: ByteSize = ByteSize::mebibytes(16);
        /// The most pixels of a picture (width times height).
        pub max_pixels: u32 = 40_000_000;
        /// Larger pictures are made smaller, to at most this many pixels a side.
        pub max_side: u32 = 3840;
        /// The quality of JPEG pictures, from 1 to 100.
        pub jpeg_quality: u8 = 85;
        /// The program that writes videos and sound anew: its name, to be found on the PATH, or its place. With
        /// ffprobe beside it. Where there is none, or this is empty, videos and sound are not taken.
        pub ffmpeg: String = "ffmpeg".to_owned();
        /// The largest video or sound that is taken.
        pub max_video_size: ByteSize = ByteSize::mebibytes(64);
        /// How long writing one video anew may take; then it is given up. One is written at a time.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub video_time: Duration = Duration::from_mins(5);
        /// The largest of other files: PDF, office documents, ZIP, plain text.
        pub max_file_size: ByteSize = ByteSize::mebibytes(16);
        /// How much is kept of pictures of other sites. Beyond that those that nobody looked at for longest are
        /// thrown away, and fetched again when somebody does.
        pub copies_max: ByteSize = ByteSize::mebibytes(2048);
        /// The largest video, sound or file of another site that is handed on to a reader here. It is not kept.
        pub max_remote_size: ByteSize = ByteSize::mebibytes(128);
    }
}

impl Media {
    /// The largest file of any kind.
    pub fn largest(&self) -> ByteSize {
        self.max_size.max(self.max_video_size).max(self.max_file_size)
    }

    pub(super) fn validate(&self, problems: &mut Problems) {
        problems.require(self.max_size.bytes() > 0, "media.max_size", "must be larger than nothing");
        problems.require(
            (1_000_000..=200_000_000).contains(&self.max_pixels),
            "media.max_pixels",
            "must be between 1000000 and 200000000; each pixel takes 8 bytes of memory while it is read",
        );
        problems.require(
            (640..=16_384).contains(&self.max_side),
            "media.max_side",
            "must be between 640 and 16384",
        );
        problems.require(
            (1..=100).contains(&self.jpeg_quality),
            "media.jpeg_quality",
            "must be between 1 and 100",
        );
        let remedy = "must be longer than nothing, for example \"5m\"";
        problems.require(!self.video_time.is_zero(), "media.video_time", remedy);
    }
}
