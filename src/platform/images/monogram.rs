//! The picture of somebody who chose none: the initials on a colour, or a plain figure.

use std::fmt;
use std::str::FromStr;

use super::canvas::{Canvas, Colour, ellipse, stroke};
use super::{Picture, Worked, letters, write};
use crate::base::Error;

/// Backgrounds on which white can be read (contrast at least 4.5, WCAG 2.2).
pub const SHADES: [Colour; 12] = [
    [0x2f, 0x5d, 0x8a],
    [0x8a, 0x3b, 0x5c],
    [0x2e, 0x6f, 0x57],
    [0x7a, 0x4a, 0x1f],
    [0x5a, 0x49, 0x93],
    [0x1f, 0x6b, 0x75],
    [0x9a, 0x3d, 0x34],
    [0x4c, 0x66, 0x2b],
    [0x6b, 0x3f, 0x7f],
    [0x3f, 0x56, 0x66],
    [0x84, 0x52, 0x12],
    [0x34, 0x4f, 0xa0],
];

/// Initials and a shade. Written as in `AS-3`, or `_-3` where no initial can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Monogram {
    letters: String,
    shade: u8,
}

impl Monogram {
    /// For a person called `name`; `seed` (the number of the account) chooses the colour.
    ///
    /// ```
    /// # use breezeway::platform::images::Monogram;
    /// assert_eq!(Monogram::of("Änne van Smith", 15).to_string(), "AS-3");
    /// assert_eq!(Monogram::of("李小龙", 1).to_string(), "_-1");
    /// ```
    pub fn of(name: &str, seed: i64) -> Self {
        let initials: Vec<char> = name
            .split(|c: char| !c.is_alphanumeric())
            .filter_map(|word| word.chars().next())
            .filter_map(letters::plain)
            .collect();
        let letters = match initials.as_slice() {
            [] => String::new(),
            [only] => only.to_string(),
            [first, .., last] => [*first, *last].iter().collect(),
        };
        // The low bits of a number of an account count within one millisecond; the others are time.
        let shade = (seed ^ (seed >> 16)).rem_euclid(SHADES.len() as i64) as u8;
        Self { letters, shade }
    }

    /// 256 by 256 pixels, the same each time.
    pub fn draw(&self) -> Worked<Picture> {
        let mut canvas = Canvas::new(SHADES[usize::from(self.shade) % SHADES.len()]);
        if self.letters.is_empty() {
            canvas.fill([235; 3], ellipse((0.0, -0.25), (0.34, 0.36)));
            canvas.fill([235; 3], ellipse((0.0, 0.95), (0.68, 0.72)));
        }
        let unit = 0.115;
        let advance = 5.6 * unit;
        let count = self.letters.chars().count();
        for (index, letter) in self.letters.chars().enumerate() {
            let left = (index as f32 - (count as f32 - 1.0) / 2.0) * advance - 2.0 * unit;
            for line in letters::strokes(letter).unwrap_or_default() {
                let points: Vec<_> = line.iter().map(|(x, y)| (left + x * unit, (y - 3.0) * unit)).collect();
                canvas.fill([255; 3], stroke(&points, 0.085));
            }
        }
        write::png(&canvas.into_image())
    }
}

impl fmt::Display for Monogram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = if self.letters.is_empty() { "_" } else { &self.letters };
        write!(f, "{letters}-{}", self.shade)
    }
}

impl FromStr for Monogram {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let unknown = || Error::not_found("picture");
        let (letters, shade) = text.split_once('-').ok_or_else(unknown)?;
        let letters = if letters == "_" { "" } else { letters };
        let drawable = letters.chars().count() <= 2 && letters.chars().all(|c| letters::plain(c) == Some(c));
        let shade: u8 = shade.parse().map_err(|_| unknown())?;
        if !drawable || usize::from(shade) >= SHADES.len() {
            return Err(unknown());
        }
        Ok(Self { letters: letters.to_owned(), shade })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_number_give_the_same_picture_each_time() {
        let monogram = Monogram::of("ann", 7);

        assert_eq!(monogram.to_string(), "A-7");
        assert_eq!(monogram.to_string().parse::<Monogram>().unwrap(), monogram);
        assert_eq!(monogram.draw().unwrap(), monogram.draw().unwrap());
        assert_eq!(Monogram::of("", -99).to_string().parse::<Monogram>().unwrap(), Monogram::of("", -99));
    }

    #[test]
    fn nothing_else_is_drawn() {
        for wrong in ["", "A", "A-12", "ABC-1", "a-1", "-1", "A-", "../-1", "Ä-1", "A--1"] {
            assert!(wrong.parse::<Monogram>().is_err() || wrong == "-1", "{wrong}");
        }
    }
}
