//! Reads a picture with suspicion.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder, Limits};

use super::{Bounds, Kind, Worked, broken, checksums, refused};

/// Decodes `bytes` (of an animation the first frame), turned as the camera noted, in 8 bits a channel.
pub(super) fn read(bytes: &[u8], bounds: &Bounds) -> Worked<(Kind, DynamicImage)> {
    if bytes.len() > bounds.max_bytes {
        return Err(refused(format!("is larger than {} MiB", bounds.max_bytes >> 20)));
    }
    let kind = Kind::sniff(bytes).ok_or_else(|| refused("must be a JPEG, PNG, GIF or WebP picture"))?;
    let cursor = Cursor::new(bytes);
    let image = match kind {
        Kind::Jpeg => decode(JpegDecoder::new(cursor), bounds),
        Kind::Png => decode(PngDecoder::new(Cursor::new(checksums::put_right(bytes))), bounds),
        Kind::Gif => decode(GifDecoder::new(cursor), bounds),
        Kind::Webp => decode(WebPDecoder::new(cursor), bounds),
    }?;
    Ok((kind, image))
}

fn decode<D: ImageDecoder>(decoder: image::ImageResult<D>, bounds: &Bounds) -> Worked<DynamicImage> {
    let mut decoder = decoder.map_err(|error| broken(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > bounds.max_pixels {
        return Err(refused(format!(
            "has {width}×{height} pixels, more than {} million",
            bounds.max_pixels / 1_000_000
        )));
    }
    if width == 0 || height == 0 || width > 65_535 || height > 65_535 {
        return Err(refused("has a side of no or too many pixels"));
    }
    let mut limits = Limits::no_limits();
    // Sixteen bits in four channels, and as much again for the decoder's own use.
    limits.max_alloc = Some(bounds.max_pixels.saturating_mul(16));
    decoder.set_limits(limits).map_err(|error| broken(&error))?;
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| broken(&error))?;
    image.apply_orientation(orientation);
    Ok(if is_transparent(&image) {
        DynamicImage::ImageRgba8(image.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(image.into_rgb8())
    })
}

/// Whether anything can be seen through.
fn is_transparent(image: &DynamicImage) -> bool {
    match image {
        DynamicImage::ImageRgba8(pixels) => pixels.pixels().any(|pixel| pixel.0[3] < 255),
        DynamicImage::ImageLumaA8(pixels) => pixels.pixels().any(|pixel| pixel.0[1] < 255),
        DynamicImage::ImageRgba16(pixels) => pixels.pixels().any(|pixel| pixel.0[3] < u16::MAX),
        DynamicImage::ImageLumaA16(pixels) => pixels.pixels().any(|pixel| pixel.0[1] < u16::MAX),
        other => other.color().has_alpha(),
    }
}
