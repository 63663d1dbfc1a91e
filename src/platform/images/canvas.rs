//! A small square to draw on, with smooth edges. Places are between -1 and 1, right and down.

use image::{DynamicImage, Rgb, RgbImage};

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

/// Pixels a side.
const SIDE: u32 = 256;

pub(super) struct Canvas(RgbImage);

impl Canvas {
    pub fn new(background: Colour) -> Self {
        Self(RgbImage::from_pixel(SIDE, SIDE, Rgb(background)))
    }

    /// Colours where `distance` (to the edge of a shape, negative inside) says so.
    pub fn fill(&mut self, colour: Colour, distance: impl Fn(f32, f32) -> f32) {
        let half = SIDE as f32 / 2.0;
        for (column, row, pixel) in self.0.enumerate_pixels_mut() {
            let (x, y) = ((column as f32 + 0.5) / half - 1.0, (row as f32 + 0.5) / half - 1.0);
            let cover = (0.5 - distance(x, y) * half).clamp(0.0, 1.0);
            if cover > 0.0 {
                let mixed =
                    |old: u8, new: u8| (f32::from(new) * cover + f32::from(old) * (1.0 - cover)) as u8;
                let Rgb([red, green, blue]) = *pixel;
                *pixel = Rgb([mixed(red, colour[0]), mixed(green, colour[1]), mixed(blue, colour[2])]);
            }
        }
    }

    pub fn into_image(self) -> DynamicImage {
        DynamicImage::ImageRgb8(self.0)
    }
}

/// An ellipse around a centre. Exact at its edge, near enough elsewhere.
pub(super) fn ellipse(centre: (f32, f32), radii: (f32, f32)) -> impl Fn(f32, f32) -> f32 + Copy {
    move |x, y| {
        let (across, down) = ((x - centre.0) / radii.0, (y - centre.1) / radii.1);
        (across.hypot(down) - 1.0) * radii.0.min(radii.1)
    }
}

/// A line through `points` with round ends.
pub(super) fn stroke(points: &[(f32, f32)], width: f32) -> impl Fn(f32, f32) -> f32 {
    move |x, y| {
        let lines = points.windows(2).map(|pair| to_segment((x, y), pair[0], pair[1]));
        lines.fold(f32::MAX, f32::min) - width / 2.0
    }
}

fn to_segment(at: (f32, f32), from: (f32, f32), to: (f32, f32)) -> f32 {
    let (line_x, line_y) = (to.0 - from.0, to.1 - from.1);
    let (x, y) = (at.0 - from.0, at.1 - from.1);
    let length = (line_x * line_x + line_y * line_y).max(f32::EPSILON);
    let along = ((x * line_x + y * line_y) / length).clamp(0.0, 1.0);
    (x - line_x * along).hypot(y - line_y * along)
}

/// The part of an ellipse between two angles (in degrees, clockwise from the right), as points.
pub(super) fn arc(centre: (f32, f32), radii: (f32, f32), degrees: (f32, f32)) -> Vec<(f32, f32)> {
    const STEPS: u8 = 12;
    (0..=STEPS)
        .map(|step| {
            let part = f32::from(step) / f32::from(STEPS);
            let angle = (degrees.0 + (degrees.1 - degrees.0) * part).to_radians();
            (centre.0 + radii.0 * angle.cos(), centre.1 + radii.1 * angle.sin())
        })
        .collect()
}
