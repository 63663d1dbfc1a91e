//! Writes pictures: pixels and nothing else.

use image::DynamicImage;
use image::ImageEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPEncoder;

use super::{Kind, Picture, Worked, failed};

pub(super) fn jpeg(image: &DynamicImage, quality: u8) -> Worked<Picture> {
    let mut bytes = Vec::new();
    let rgb = image.to_rgb8();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&rgb).map_err(failed)?;
    Ok(picture(Kind::Jpeg, bytes, image))
}

pub(super) fn png(image: &DynamicImage) -> Worked<Picture> {
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive)
        .write_image(image.as_bytes(), image.width(), image.height(), image.color().into())
        .map_err(failed)?;
    Ok(picture(Kind::Png, bytes, image))
}

pub(super) fn webp(image: &DynamicImage) -> Worked<Picture> {
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes)
        .write_image(image.as_bytes(), image.width(), image.height(), image.color().into())
        .map_err(failed)?;
    Ok(picture(Kind::Webp, bytes, image))
}

fn picture(kind: Kind, bytes: Vec<u8>, image: &DynamicImage) -> Picture {
    Picture { kind, bytes, width: image.width(), height: image.height() }
}
