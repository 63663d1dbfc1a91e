//! A GIF without what is not picture: comments, texts, data of programs, and whatever follows its end.
//!
//! The frames are taken as they are, so that an animation stays one and nothing is lost.
//!
//! Spec: <https://www.w3.org/Graphics/GIF/spec-gif89a.txt>

use super::{Kind, Picture, Worked, refused};

/// More frames than any animation that people look at.
const MAX_FRAMES: usize = 2000;

/// `bytes`, whose first frame a decoder has read as `width` by `height`, without its extras.
pub(super) fn without_extras(bytes: &[u8], width: u32, height: u32) -> Worked<Picture> {
    let kept = keep(bytes).ok_or_else(|| refused("is a broken GIF"))?;
    Ok(Picture { kind: Kind::Gif, bytes: kept, width, height })
}

/// `None` if it does not follow the format up to its end mark.
fn keep(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut input = Input { bytes, at: 0 };
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend(input.take(6)?);
    let screen = input.take(7)?;
    let size = [u16::from_le_bytes([screen[0], screen[1]]), u16::from_le_bytes([screen[2], screen[3]])];
    kept.extend(screen);
    kept.extend(input.take(colours(screen[4]))?);
    let mut frames = 0;
    loop {
        match input.take(1)?[0] {
            0x2c => {
                frames += 1;
                kept.push(0x2c);
                frame(&mut input, &mut kept, size)?;
            }
            0x21 => extension(&mut input, &mut kept)?,
            0x3b => break,
            _ => return None,
        }
        if frames > MAX_FRAMES {
            return None;
        }
    }
    kept.push(0x3b);
    (frames > 0).then_some(kept)
}

fn frame(input: &mut Input<'_>, kept: &mut Vec<u8>, [width, height]: [u16; 2]) -> Option<()> {
    let head = input.take(9)?;
    let number = |at: usize| u32::from(u16::from_le_bytes([head[at], head[at + 1]]));
    if number(0) + number(4) > width.into() || number(2) + number(6) > height.into() {
        return None;
    }
    kept.extend(head);
    kept.extend(input.take(colours(head[8]))?);
    kept.extend(input.take(1)?);
    kept.extend(input.take_blocks()?);
    Some(())
}

/// Timing and transparency are kept, and how often an animation repeats.
fn extension(input: &mut Input<'_>, kept: &mut Vec<u8>) -> Option<()> {
    let label = input.take(1)?[0];
    let blocks = input.take_blocks()?;
    let repeats = blocks.starts_with(b"\x0bNETSCAPE2.0\x03\x01") && blocks.len() == 17;
    if label == 0xf9 || (label == 0xff && repeats) {
        kept.extend([0x21, label]);
        kept.extend(blocks);
    }
    Some(())
}

/// Bytes of the colour table that these flags announce.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(taken)
    }

    /// Blocks with their lengths, up to and with the empty one that ends them.
    fn take_blocks(&mut self) -> Option<&'a [u8]> {
        let from = self.at;
        while let length @ 1.. = usize::from(self.take(1)?[0]) {
            self.take(length)?;
        }
        self.bytes.get(from..self.at)
    }
}
