//! Makes pictures smaller, and cuts out their middle.

use fast_image_resize::{ResizeOptions, Resizer};
use image::DynamicImage;

use super::Worked;
use crate::base::Error;

/// `image` with at most `max` pixels a side, in its proportions. Never made larger.
pub(super) fn within(image: &DynamicImage, max: u32) -> Worked<DynamicImage> {
    let (width, height) = (image.width(), image.height());
    let longest = width.max(height);
    if longest <= max {
        return Ok(image.clone());
    }
    let scaled = |side: u32| {
        let side = (u64::from(side) * u64::from(max) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(side).unwrap_or(max).max(1)
    };
    resized(image, scaled(width), scaled(height), ResizeOptions::new())
}

/// The middle of `image` in the proportions of `width` and `height`, and at most as large.
pub(super) fn middle(image: &DynamicImage, width: u32, height: u32) -> Worked<DynamicImage> {
    let (have_width, have_height) = (f64::from(image.width()), f64::from(image.height()));
    let shrink = (have_width / f64::from(width)).min(have_height / f64::from(height)).min(1.0);
    let side = |full: u32| ((f64::from(full) * shrink).round() as u32).max(1);
    let options = ResizeOptions::new().fit_into_destination(None);
    resized(image, side(width), side(height), options)
}

fn resized(image: &DynamicImage, width: u32, height: u32, options: ResizeOptions) -> Worked<DynamicImage> {
    let mut smaller = DynamicImage::new(width, height, image.color());
    Resizer::new().resize(image, &mut smaller, &options).map_err(Error::internal)?;
    Ok(smaller)
}
