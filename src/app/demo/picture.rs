//! A picture for the conversation: the evening over the hills, drawn here, so that nobody's rights are in it.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

const WIDTH: u32 = 960;
const HEIGHT: u32 = 600;

/// The picture as PNG. Takes some 10 ms.
pub fn evening() -> anyhow::Result<Vec<u8>> {
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let (x, y) = (x as f32 / WIDTH as f32, y as f32 / HEIGHT as f32);
        Rgb(colour_at(x, y))
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

/// The colour at a point; both go from 0 to 1.
fn colour_at(x: f32, y: f32) -> [u8; 3] {
    const HILLS: [(f32, f32, [u8; 3]); 3] =
        [(0.62, 5.0, [0x7d, 0x6b, 0x94]), (0.72, 7.5, [0x52, 0x4a, 0x75]), (0.84, 4.0, [0x2b, 0x2a, 0x4a])];
    for (height, waves, colour) in HILLS.into_iter().rev() {
        let edge = height + 0.035 * (x * waves).sin() + 0.02 * (x * waves * 2.7 + height * 9.0).sin();
        if y > edge {
            return colour;
        }
    }
    let aspect = WIDTH as f32 / HEIGHT as f32;
    let distance = ((x - 0.68) * aspect).hypot(y - 0.47);
    if distance < 0.09 {
        return [0xff, 0xe9, 0xb0];
    }
    let sky = blend([0x35, 0x4a, 0x86], [0xf7, 0xa9, 0x72], (y / 0.68).min(1.0));
    blend([0xff, 0xd9, 0x9a], sky, (distance / 0.45).min(1.0).sqrt())
}

fn blend(from: [u8; 3], to: [u8; 3], share: f32) -> [u8; 3] {
    std::array::from_fn(|index| {
        let (from, to) = (f32::from(from[index]), f32::from(to[index]));
        (from + (to - from) * share).round() as u8
    })
}
