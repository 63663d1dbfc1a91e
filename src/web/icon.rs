//! The site's sign as a picture, for the home screens that want pixels.
//!
//! The same drawing as [`super::theme::favicon`], by the distance of each pixel from its lines.

use image::{ImageFormat, Rgb, RgbImage};

use super::theme::{self, Colour};
use crate::base::{Error, Result};

/// The drawing is made for a square of this side.
const SIDE: f32 = 32.0;
const STROKE: f32 = 2.6;

/// A PNG of `size` pixels. Phones cut their own shape out of it, so the ground fills it and the sign keeps to the
/// middle (the safe zone of <https://www.w3.org/TR/appmanifest/#icon-masks>).
///
/// # Errors
/// [`Error::Internal`] if it cannot be written, which would be our fault.
pub fn png(accent: Colour, size: u32) -> Result<Vec<u8>> {
    let (ground, ink) = theme::sign(accent);
    // 70 % of the size, in the middle.
    let scale = SIDE / (size as f32 * 0.7);
    let picture = RgbImage::from_fn(size, size, |x, y| {
        let at = |pixel: u32| (pixel as f32 + 0.5 - size as f32 / 2.0) * scale + SIDE / 2.0;
        // The sign stands a little low in its square: from 6 to 26.
        let away = distance(at(x), at(y)) - STROKE / 2.0;
        let share = (0.5 - away / scale).clamp(0.0, 1.0);
        let (ground, ink) = (ground.parts(), ink.parts());
        Rgb(std::array::from_fn(|i| (f32::from(ground[i]) * (1.0 - share) + f32::from(ink[i]) * share) as u8))
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).map_err(Error::internal)?;
    Ok(bytes.into_inner())
}

/// How far from the nearer of the two arches.
fn distance(x: f32, y: f32) -> f32 {
    arch(x, y, 9.0, 15.0).min(arch(x, y, 3.5, 15.5))
}

/// An arch around the middle: half a circle above `spring`, two posts down to 26.
fn arch(x: f32, y: f32, radius: f32, spring: f32) -> f32 {
    let x = (x - SIDE / 2.0).abs();
    if y <= spring { (x.hypot(y - spring) - radius).abs() } else { (x - radius).hypot((y - 26.0).max(0.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_stands_on_its_ground() {
        let accent = Colour::chosen_or_own("#1f5f8b", "");
        let bytes = png(accent, 192).expect("a picture");
        let picture = image::load_from_memory(&bytes).expect("a PNG").to_rgb8();
        let (ground, ink) = theme::sign(accent);

        assert_eq!(picture.dimensions(), (192, 192));
        assert_eq!(picture.get_pixel(2, 2).0, ground.parts());
        let marked = picture.pixels().filter(|pixel| pixel.0 == ink.parts()).count();
        assert!((1_500..8_000).contains(&marked), "{marked} pixels of ink");
    }
}
