//! `[media]`: pictures.

use super::problem::Problems;
use super::section::section;
use super::size::ByteSize;

section! {
    /// Pictures. All of them are written anew, so that no place, camera or name travels with them.
    pub struct Media in "media" {
        /// The largest file that is taken.
        pub max_size: ByteSize = ByteSize::mebibytes(16);
        /// The most pixels of a picture (width times height).
        pub max_pixels: u32 = 40_000_000;
        /// Larger pictures are made smaller, to at most this many pixels a side.
        pub max_side: u32 = 3840;
        /// The quality of JPEG pictures, from 1 to 100.
        pub jpeg_quality: u8 = 85;
    }
}

impl Media {
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
    }
}
