//! Colours: one accent for this site, one dot for each other site, readable on light and on dark.
//!
//! The style sheet has no colour of a site in it; `/theme.css` is made from what the administrator chose.
//! Text in the accent colour keeps a contrast of at least 4.5 to 1 with what it stands on (WCAG 1.4.3).

use std::fmt::Write as _;

/// The darkest light and the lightest dark ground that accent text stands on (`--sunken` and `--raised` in the tokens).
const LIGHT_GROUND: Colour = Colour(0xf3, 0xf1, 0xea);
const DARK_GROUND: Colour = Colour(0x24, 0x22, 0x20);
const GROUNDS: [Colour; 2] = [LIGHT_GROUND, DARK_GROUND];
const TEXT_CONTRAST: f64 = 5.2;
const DOT_CONTRAST: f64 = 3.0;

/// For sites that chose none.
const PALETTE: [Colour; 8] = [
    Colour(0x1f, 0x5f, 0x8b),
    Colour(0xa8, 0x45, 0x1f),
    Colour(0x2f, 0x6f, 0x4f),
    Colour(0x7a, 0x3e, 0x86),
    Colour(0x8a, 0x6a, 0x12),
    Colour(0xa0, 0x2f, 0x55),
    Colour(0x2a, 0x70, 0x74),
    Colour(0x4a, 0x4f, 0xa3),
];

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(u8, u8, u8);

impl Colour {
    /// Red, green, blue, as a picture wants them.
    pub fn parts(self) -> [u8; 3] {
        [self.0, self.1, self.2]
    }

    /// Reads `#rrggbb`; anything else becomes a colour that always is the same for `host`.
    pub fn chosen_or_own(text: &str, host: &str) -> Self {
        Self::parse(text).unwrap_or_else(|| {
            let sum = host.bytes().fold(7_usize, |sum, byte| sum.wrapping_mul(31) + usize::from(byte));
            PALETTE[sum % PALETTE.len()]
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |from: usize| u8::from_str_radix(&digits[from..from + 2], 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// Relative luminance, WCAG 2.2.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// A step of a fiftieth of the way towards `other`.
    fn towards(self, other: Self, step: u16) -> Self {
        let mix = |a: u8, b: u8| ((u16::from(a) * (50 - step) + u16::from(b) * step) / 50) as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// The nearest shade with at least this contrast to `ground`.
    fn readable_on(self, ground: Self, contrast: f64) -> Self {
        let end = if ground.luminance() > 0.18 { Self(0, 0, 0) } else { Self(255, 255, 255) };
        (0..=50)
            .map(|step| self.towards(end, step))
            .find(|shade| shade.contrast(ground) >= contrast)
            .unwrap_or(end)
    }

    /// Black or white, whichever reads better on it.
    fn ink(self) -> Self {
        let (black, white) = (Self(0x16, 0x14, 0x12), Self(255, 255, 255));
        if self.contrast(white) >= self.contrast(black) { white } else { black }
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The style sheet of this site's colour and of the chips of other sites (host, colour). Each colour is a pair for
/// light and dark; which one counts is what the page or the device says (`color-scheme`).
pub fn sheet(accent: Colour, sites: &[(String, Colour)]) -> String {
    let [light, dark] = GROUNDS.map(|ground| accent.readable_on(ground, TEXT_CONTRAST));
    let mut css = format!(
        "@supports (color:light-dark(#fff,#000)){{\n:root{{--accent:light-dark({light},{dark});\
         --accent-fill:light-dark({light},{dark});--on-accent:light-dark({},{})}}\n",
        light.ink(),
        dark.ink()
    );
    let mut by_day = format!(":root{{--accent:{light};--accent-fill:{light};--on-accent:{}}}\n", light.ink());
    for (host, colour) in sites.iter().filter(|(host, _)| may_stand_in_a_selector(host)) {
        let [day, night] = GROUNDS.map(|ground| colour.readable_on(ground, DOT_CONTRAST));
        let _ = writeln!(css, "[data-site=\"{host}\"]{{--chip:light-dark({day},{night})}}");
        let _ = writeln!(by_day, "[data-site=\"{host}\"]{{--chip:{day}}}");
    }
    // Browsers before light-dark() (spring 2024) get the light colours.
    format!("{by_day}{css}}}\n")
}

/// The sign in the browser's tab: a doorway in the site's colour.
pub fn favicon(accent: Colour) -> String {
    let (fill, ink) = sign(accent);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="{fill}"/><path d="M7 26V15a9 9 0 0 1 18 0v11M12.5 26V15.5a3.5 3.5 0 0 1 7 0V26" fill="none" stroke="{ink}" stroke-width="2.6" stroke-linecap="round"/></svg>"#
    )
}

/// Ground and ink of the site's sign.
pub fn sign(accent: Colour) -> (Colour, Colour) {
    let fill = accent.readable_on(LIGHT_GROUND, TEXT_CONTRAST);
    (fill, fill.ink())
}

fn may_stand_in_a_selector(host: &str) -> bool {
    host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_is_readable_on_light_and_dark() {
        for text in ["#ffff00", "#000000", "#ffffff", "#1f5f8b", "#ff0000", "#00ff99"] {
            let accent = Colour::chosen_or_own(text, "");
            for ground in [LIGHT_GROUND, DARK_GROUND] {
                let shade = accent.readable_on(ground, TEXT_CONTRAST);
                assert!(shade.contrast(ground) >= 4.5, "{text} on {ground}");
                assert!(shade.contrast(shade.ink()) >= 4.5, "ink on {text}");
            }
        }
    }

    #[test]
    fn accents_are_readable_on_every_ground() {
        // `--wash` is 9 % of the accent in the paper.
        let (light_paper, dark_paper) = (Colour(0xfc, 0xfb, 0xf8), Colour(0x17, 0x16, 0x14));
        for n in 0..2_000_u32 {
            let [_, red, green, blue] = n.wrapping_mul(2_654_435_761).to_be_bytes();
            let accent = Colour(red, green, blue);
            for (ground, paper) in [(LIGHT_GROUND, light_paper), (DARK_GROUND, dark_paper)] {
                let shade = accent.readable_on(ground, TEXT_CONTRAST);
                let mix = |a: u8, b: u8| ((u32::from(a) * 9 + u32::from(b) * 91) / 100) as u8;
                let wash = Colour(mix(shade.0, paper.0), mix(shade.1, paper.1), mix(shade.2, paper.2));
                for behind in [ground, paper, wash] {
                    assert!(shade.contrast(behind) >= 4.5, "{accent} on {behind}");
                }
            }
        }
    }

    #[test]
    fn a_site_without_a_colour_keeps_the_one_it_was_given() {
        assert_eq!(Colour::chosen_or_own("", "sales.example"), Colour::chosen_or_own("red", "sales.example"));
    }

    #[test]
    fn a_host_cannot_break_out_of_the_style_sheet() {
        let css = sheet(PALETTE[0], &[("x\"]{}body{display:none".into(), PALETTE[1])]);
        assert!(!css.contains("display"));
    }
}
