//! Friendly faces for people who are made up: the colleagues of the demo.

use super::canvas::{Canvas, Colour, arc, ellipse, stroke};
use super::{Picture, Worked, write};

const BACKGROUNDS: [Colour; 8] = [
    [0xbf, 0xd7, 0xea],
    [0xf3, 0xd9, 0xc5],
    [0xcf, 0xe3, 0xc8],
    [0xe6, 0xcf, 0xe3],
    [0xf2, 0xe3, 0xae],
    [0xc6, 0xe2, 0xde],
    [0xd5, 0xd3, 0xee],
    [0xf0, 0xc9, 0xc9],
];
const SKINS: [Colour; 6] = [
    [0xf6, 0xd7, 0xc0],
    [0xea, 0xbe, 0x9a],
    [0xd4, 0x9e, 0x74],
    [0xb0, 0x79, 0x52],
    [0x8a, 0x58, 0x3a],
    [0x6b, 0x42, 0x2c],
];
const HAIRS: [Colour; 7] = [
    [0x2b, 0x22, 0x1e],
    [0x4a, 0x30, 0x22],
    [0x7a, 0x4c, 0x2a],
    [0xb5, 0x7b, 0x35],
    [0xd9, 0xb3, 0x6b],
    [0x9b, 0x3f, 0x24],
    [0xa9, 0xa9, 0xab],
];
const DARK_HAIRS: [Colour; 4] = [HAIRS[0], HAIRS[0], HAIRS[1], HAIRS[6]];
const SHIRTS: [Colour; 7] = [
    [0x2f, 0x5d, 0x8a],
    [0x8a, 0x3b, 0x5c],
    [0x2e, 0x6f, 0x57],
    [0xc0, 0x6a, 0x3d],
    [0x5a, 0x49, 0x93],
    [0x3f, 0x4a, 0x55],
    [0xd0, 0x9a, 0x2d],
];
const DARK: Colour = [0x2a, 0x24, 0x28];

/// A face of 256 by 256 pixels, the same for the same number, most likely another for another.
pub fn face(seed: u64) -> Worked<Picture> {
    let mut dice = Dice(seed);
    let complexion = dice.below(SKINS.len() as u64) as usize;
    let skin = SKINS[complexion];
    let hair = dice.one_of(if complexion < 3 { &HAIRS } else { &DARK_HAIRS });
    let shirt = dice.one_of(&SHIRTS);
    let style = dice.below(5);
    let mut canvas = Canvas::new(dice.one_of(&BACKGROUNDS));

    draw_hair_behind(&mut canvas, hair, style);
    draw_body(&mut canvas, skin, shirt);
    canvas.fill(darker(skin, 0.92), ellipse((-0.43, -0.02), (0.09, 0.13)));
    canvas.fill(darker(skin, 0.92), ellipse((0.43, -0.02), (0.09, 0.13)));
    canvas.fill(skin, ellipse((0.0, -0.06), (0.43, 0.52)));
    if dice.below(4) == 0 && style < 2 {
        draw_beard(&mut canvas, hair);
    }
    draw_hair_in_front(&mut canvas, hair, style);
    draw_features(&mut canvas, skin, hair, &mut dice);
    if dice.below(3) == 0 {
        draw_glasses(&mut canvas);
    }
    write::png(&canvas.into_image())
}

fn draw_body(canvas: &mut Canvas, skin: Colour, shirt: Colour) {
    canvas.fill(shirt, ellipse((0.0, 1.12), (0.80, 0.56)));
    canvas.fill(darker(skin, 0.86), stroke(&[(0.0, 0.30), (0.0, 0.56)], 0.36));
    canvas.fill(darker(shirt, 0.85), stroke(&arc((0.0, 0.58), (0.23, 0.12), (0.0, 180.0)), 0.06));
}

/// 2: long, 3: tied at the top, 4: curly.
fn draw_hair_behind(canvas: &mut Canvas, hair: Colour, style: u64) {
    match style {
        2 => {
            canvas.fill(hair, ellipse((0.0, -0.10), (0.56, 0.60)));
            canvas.fill(hair, stroke(&[(-0.40, 0.0), (-0.40, 0.52)], 0.32));
            canvas.fill(hair, stroke(&[(0.40, 0.0), (0.40, 0.52)], 0.32));
        }
        3 => canvas.fill(hair, ellipse((0.0, -0.72), (0.20, 0.18))),
        4 => {
            for (x, y) in arc((0.0, -0.14), (0.44, 0.44), (150.0, 390.0)) {
                canvas.fill(hair, ellipse((x, y), (0.19, 0.19)));
            }
        }
        _ => {}
    }
}

/// A cap of hair that leaves the forehead free, in several cuts.
fn draw_hair_in_front(canvas: &mut Canvas, hair: Colour, style: u64) {
    let head = ellipse((0.0, -0.10), (0.46, 0.53));
    let forehead = match style {
        0 => ellipse((0.0, 0.06), (0.42, 0.44)),
        1 => ellipse((0.14, 0.06), (0.56, 0.46)),
        2 => ellipse((-0.12, 0.08), (0.50, 0.48)),
        _ => ellipse((0.0, 0.10), (0.40, 0.50)),
    };
    canvas.fill(hair, move |x, y| head(x, y).max(-forehead(x, y)).max(y - 0.02));
}

fn draw_beard(canvas: &mut Canvas, hair: Colour) {
    let head = ellipse((0.0, -0.04), (0.43, 0.52));
    let free = ellipse((0.0, -0.10), (0.40, 0.36));
    canvas.fill(hair, move |x, y| head(x, y).max(-free(x, y)).max(0.05 - y));
}

fn draw_features(canvas: &mut Canvas, skin: Colour, hair: Colour, dice: &mut Dice) {
    let smile = 0.10 + dice.below(4) as f32 * 0.02;
    for side in [-1.0, 1.0] {
        canvas.fill(mixed(skin, [0xe0, 0x70, 0x68], 0.35), ellipse((side * 0.25, 0.13), (0.085, 0.055)));
        canvas.fill(DARK, ellipse((side * 0.17, -0.03), (0.042, 0.052)));
        canvas.fill([255; 3], ellipse((side * 0.17 + 0.014, -0.048), (0.013, 0.013)));
        canvas
            .fill(darker(hair, 0.8), stroke(&arc((side * 0.17, -0.09), (0.085, 0.05), (205.0, 335.0)), 0.03));
    }
    canvas.fill(darker(skin, 0.82), stroke(&arc((0.0, 0.07), (0.035, 0.03), (0.0, 180.0)), 0.026));
    canvas.fill(
        darker(mixed(skin, [0xb0, 0x40, 0x40], 0.55), 0.8),
        stroke(&arc((0.0, 0.18), (0.14, smile), (15.0, 165.0)), 0.036),
    );
}

fn draw_glasses(canvas: &mut Canvas) {
    for side in [-1.0, 1.0] {
        canvas.fill(DARK, stroke(&arc((side * 0.17, -0.03), (0.125, 0.115), (0.0, 360.0)), 0.024));
        canvas.fill(DARK, stroke(&[(side * 0.29, -0.05), (side * 0.42, -0.07)], 0.024));
    }
    canvas.fill(DARK, stroke(&[(-0.05, -0.05), (0.05, -0.05)], 0.024));
}

fn darker(colour: Colour, factor: f32) -> Colour {
    colour.map(|channel| (f32::from(channel) * factor) as u8)
}

fn mixed(one: Colour, other: Colour, part: f32) -> Colour {
    let mix = |a: u8, b: u8| (f32::from(a) * (1.0 - part) + f32::from(b) * part) as u8;
    [mix(one[0], other[0]), mix(one[1], other[1]), mix(one[2], other[2])]
}

/// Splitmix64, by Sebastiano Vigna: the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }

    fn one_of(&mut self, colours: &[Colour]) -> Colour {
        colours[self.below(colours.len() as u64) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_is_the_same_each_time_and_others_look_different() {
        let faces: Vec<Picture> = (0..4).map(|seed| face(seed).unwrap()).collect();

        assert_eq!(face(2).unwrap(), faces[2]);
        assert!(faces.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
