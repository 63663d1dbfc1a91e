//! From an upload to what is kept: the picture, a small one, and a few colours for the time until it loads.

use image::DynamicImage;

use super::read::read;
use super::{Bounds, Kind, Picture, Worked, gif, resize, write};
use crate::base::Error;

/// The longest side of the small picture, in pixels.
const PREVIEW_SIDE: u32 = 640;
/// The longest side of the middle one: as wide as a post on a large screen, or a telephone of many pixels.
const LARGE_SIDE: u32 = 1280;
/// Blurhash needs no more to find its colours.
const BLURHASH_SIDE: u32 = 48;
/// A preview is looked at for a moment.
const PREVIEW_QUALITY: u8 = 80;

/// What is kept of an upload.
#[derive(Clone, Debug)]
pub struct Processed {
    /// The picture.
    pub full: Picture,
    /// At most 640 pixels a side.
    pub preview: Picture,
    /// At most 1280 pixels a side, if the picture is larger than that and stands still.
    pub large: Option<Picture>,
    /// Source: <https://github.com/woltapp/blurhash>
    pub blurhash: String,
}

/// Reads an upload and writes it anew.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong, if it is no picture, too large or broken.
pub fn process(bytes: &[u8], bounds: &Bounds) -> Worked<Processed> {
    let (kind, image) = read(bytes, bounds)?;
    written(bytes, kind, &image, bounds)
}

/// A part of a picture, as shares of its width and height: where it begins, and how large it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// From the left.
    pub x: f64,
    /// From above.
    pub y: f64,
    /// Of the width.
    pub width: f64,
    /// Of the height.
    pub height: f64,
}

/// Reads a picture that stands still and writes a part of it anew.
///
/// # Errors
/// As [`process`].
pub fn part(bytes: &[u8], part: Part, bounds: &Bounds) -> Worked<Processed> {
    let (kind, image) = read(bytes, bounds)?;
    let along = |share: f64, side: u32| ((share * f64::from(side)).round().max(0.0) as u32).min(side);
    let (left, top) = (along(part.x, image.width()), along(part.y, image.height()));
    let (left, top) = (left.min(image.width() - 1), top.min(image.height() - 1));
    let width = along(part.width, image.width()).clamp(1, image.width() - left);
    let height = along(part.height, image.height()).clamp(1, image.height() - top);
    let kind = if kind == Kind::Gif { Kind::Png } else { kind };
    written(bytes, kind, &image.crop_imm(left, top, width, height), bounds)
}

fn written(bytes: &[u8], kind: Kind, image: &DynamicImage, bounds: &Bounds) -> Worked<Processed> {
    let blurhash = blurhash(image)?;
    let is_large = image.width().max(image.height()) > LARGE_SIDE && kind != Kind::Gif;
    let large =
        if is_large { Some(small(&resize::within(image, LARGE_SIDE)?, PREVIEW_QUALITY)?) } else { None };
    let preview = small(&resize::within(image, PREVIEW_SIDE)?, PREVIEW_QUALITY)?;
    let full = match kind {
        Kind::Gif => gif::without_extras(bytes, image.width(), image.height())?,
        Kind::Png => write::png(&resize::within(image, bounds.max_side)?)?,
        Kind::Jpeg | Kind::Webp => small(&resize::within(image, bounds.max_side)?, bounds.jpeg_quality)?,
    };
    Ok(Processed { full, preview, large, blurhash })
}

/// The middle of an upload in these proportions, at most so large: an avatar, a header.
///
/// # Errors
/// As [`process`].
pub fn cropped(bytes: &[u8], width: u32, height: u32, bounds: &Bounds) -> Worked<Picture> {
    let (_, image) = read(bytes, bounds)?;
    small(&resize::middle(&image, width, height)?, bounds.jpeg_quality.max(PREVIEW_QUALITY))
}

/// As JPEG, unless it can be seen through.
fn small(image: &DynamicImage, quality: u8) -> Worked<Picture> {
    if image.color().has_alpha() { write::webp(image) } else { write::jpeg(image, quality) }
}

fn blurhash(image: &DynamicImage) -> Worked<String> {
    let tiny = resize::within(image, BLURHASH_SIDE)?.into_rgba8();
    let (across, down) = if tiny.width() >= tiny.height() { (4, 3) } else { (3, 4) };
    blurhash::encode(across, down, tiny.width(), tiny.height(), tiny.as_raw())
        .map_err(|error| Error::internal(error.to_string()))
}

#[cfg(test)]
#[path = "process_tests.rs"]
mod tests;
