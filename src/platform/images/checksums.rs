//! PNG with wrong checksums. Some programs write them, and browsers and apps show such pictures all the same; since
//! every picture is written anew, a wrong checksum is no danger here.

/// The same file with the checksum of every chunk put right.
pub(super) fn put_right(bytes: &[u8]) -> Vec<u8> {
    const SIGNATURE: usize = 8;
    let mut out = bytes.to_vec();
    let mut at = SIGNATURE;
    // A chunk: length of the data, kind, data, checksum of kind and data.
    while let Some(length) =
        out.get(at..at + 4).and_then(|length| length.try_into().ok()).map(u32::from_be_bytes)
    {
        let (kind, end) = (at + 4, at + 8 + length as usize);
        if end + 4 > out.len() {
            break;
        }
        let checksum = crc32fast::hash(&out[kind..end]);
        out[end..end + 4].copy_from_slice(&checksum.to_be_bytes());
        at = end + 4;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_checksum_is_put_right_and_nothing_else() {
        let mut file = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(3, 2).write_to(&mut file, image::ImageFormat::Png).expect("a picture");
        let right = file.into_inner();
        let mut wrong = right.clone();
        // The checksum of the first chunk stands after its 13 bytes of data.
        wrong[8 + 8 + 13] ^= 0xff;

        assert_eq!(put_right(&wrong), right);
        assert_eq!(put_right(&right), right);
        assert_eq!(put_right(&right[..20]), right[..20], "what is cut off stays so");
        assert_eq!(put_right(b"\x89PNG"), b"\x89PNG");
    }
}
