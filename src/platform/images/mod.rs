//! Pictures: read with suspicion, written anew without anything but their pixels.
//!
//! JPEG stays JPEG. PNG stays PNG. WebP becomes WebP without loss if it is transparent in places, else JPEG.
//! An animated GIF keeps its frames as they are; only what is not picture is taken out. Place, camera,
//! names, comments, colour profiles and whatever follows the picture are gone; a rotation that the camera
//! noted is carried out. What the file is called or claims to be is never asked.
//!
//! Everything here computes for tens of milliseconds or more: call it where blocking is fine.

mod canvas;
mod checksums;
mod face;
mod gif;
mod letters;
mod monogram;
mod process;
mod read;
mod resize;
mod workshop;
mod write;

pub use face::face;
pub use monogram::{Monogram, SHADES};
pub use process::{Part, Processed, cropped, part, process};
pub use workshop::Workshop;

use crate::base::config::Media;
use crate::base::{Error, Result};

/// What is taken.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes of the file.
    pub max_bytes: usize,
    /// Width times height.
    pub max_pixels: u64,
    /// Larger pictures are made smaller.
    pub max_side: u32,
    /// From 1 to 100.
    pub jpeg_quality: u8,
}

impl From<&Media> for Bounds {
    fn from(media: &Media) -> Self {
        Self {
            max_bytes: media.max_size.as_usize(),
            max_pixels: media.max_pixels.into(),
            max_side: media.max_side,
            jpeg_quality: media.jpeg_quality,
        }
    }
}

/// The kinds of picture that are taken and made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `image/jpeg`
    Jpeg,
    /// `image/png`
    Png,
    /// `image/gif`
    Gif,
    /// `image/webp`
    Webp,
}

impl Kind {
    /// Media types of all kinds, for the API.
    pub const MIMES: [&'static str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

    /// The kind that the first bytes of a file show.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }

    /// As in `image/jpeg`.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
        }
    }

    /// As in `jpg`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
        }
    }
}

/// A picture as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// How it is written.
    pub kind: Kind,
    /// The file.
    pub bytes: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// A picture that is not taken, with the reason for the person who sent it.
fn refused(problem: impl Into<String>) -> Error {
    Error::invalid("file", problem)
}

/// What a decoder said is for the log; the person hears that the file is broken.
fn broken(error: &image::ImageError) -> Error {
    match error {
        image::ImageError::Limits(_) => refused("has too many pixels"),
        _ => refused("is broken, or no picture: it cannot be read"),
    }
}

fn failed(error: image::ImageError) -> Error {
    Error::internal(error)
}

/// The result of work on a picture.
type Worked<T> = Result<T>;
