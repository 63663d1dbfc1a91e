//! What is taken, what is refused, and what is left of a picture.

use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{Delay, Frame, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

const BOUNDS: Bounds = Bounds { max_bytes: 4 << 20, max_pixels: 4_000_000, max_side: 1000, jpeg_quality: 85 };
const SECRET: &[u8] = b"52.5200N 13.4050E";

/// Left half red, right half blue.
fn two_halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) },
    )
}

/// EXIF with an orientation and a place.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(SECRET);
    exif
}

fn jpeg(image: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    encoder.encode_image(image).unwrap();
    bytes
}

fn png(image: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif(1)).unwrap();
    encoder.write_image(image, image.width(), image.height(), image::ExtendedColorType::Rgba8).unwrap();
    bytes
}

fn animation(frames: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    encoder.set_repeat(image::codecs::gif::Repeat::Infinite).unwrap();
    for number in 0..frames {
        let image = RgbaImage::from_pixel(8, 8, Rgba([number as u8 * 20, 0, 0, 255]));
        encoder.encode_frame(Frame::from_parts(image, 0, 0, Delay::from_numer_denom_ms(100, 1))).unwrap();
    }
    drop(encoder);
    bytes
}

fn has_secret(bytes: &[u8]) -> bool {
    bytes.windows(SECRET.len()).any(|window| window == SECRET)
}

fn problem<T>(result: Worked<T>) -> String {
    match result {
        Err(Error::Invalid { field: "file", problem }) => problem,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("taken"),
    }
}

#[test]
fn a_photograph_loses_its_place_and_stands_upright() {
    let upload = jpeg(&two_halves(64, 32), 6);
    assert!(has_secret(&upload));

    let done = process(&upload, &BOUNDS).unwrap();

    assert_eq!((done.full.kind, done.full.width, done.full.height), (Kind::Jpeg, 32, 64));
    assert!(!has_secret(&done.full.bytes) && !has_secret(&done.preview.bytes));
    let image = image::load_from_memory(&done.full.bytes).unwrap().into_rgb8();
    assert!(image.get_pixel(16, 5).0[0] > 150, "the left half is at the top now");
    assert!(image.get_pixel(16, 60).0[2] > 150, "the right half is at the bottom now");
    assert!(!done.blurhash.is_empty());
}

#[test]
fn a_large_picture_is_made_smaller_in_its_proportions() {
    let done = process(&jpeg(&two_halves(2000, 1000), 1), &BOUNDS).unwrap();

    assert_eq!((done.full.width, done.full.height), (1000, 500));
    assert_eq!((done.preview.width, done.preview.height), (640, 320));
}

#[test]
fn a_transparent_png_stays_what_it_is_without_its_extras() {
    let upload = png(&RgbaImage::from_pixel(40, 30, Rgba([10, 200, 10, 100])));
    assert!(has_secret(&upload));

    let done = process(&upload, &BOUNDS).unwrap();

    assert_eq!((done.full.kind, done.preview.kind), (Kind::Png, Kind::Webp));
    assert!(!has_secret(&done.full.bytes) && !has_secret(&done.preview.bytes));
    let pixel = image::load_from_memory(&done.full.bytes).unwrap().into_rgba8().get_pixel(3, 3).0;
    assert_eq!(pixel, [10, 200, 10, 100]);
}

#[test]
fn a_webp_becomes_jpeg_unless_it_is_transparent() {
    for (alpha, kind) in [(255, Kind::Jpeg), (9, Kind::Webp)] {
        let image = RgbaImage::from_pixel(20, 20, Rgba([1, 2, 3, alpha]));
        let mut upload = Vec::new();
        WebPEncoder::new_lossless(&mut upload)
            .encode(&image, 20, 20, image::ExtendedColorType::Rgba8)
            .unwrap();

        assert_eq!(process(&upload, &BOUNDS).unwrap().full.kind, kind);
    }
}

#[test]
fn an_animation_stays_one_and_loses_its_extras() {
    let mut upload = animation(5);
    let comment = [&[0x21, 0xfe, SECRET.len() as u8][..], SECRET, &[0]].concat();
    // After the header, the screen and its colours, if there are any.
    let at = 13 + if upload[10] & 0x80 == 0 { 0 } else { 3 << ((upload[10] & 7) + 1) };
    upload.splice(at..at, comment);
    upload.extend(SECRET);

    let done = process(&upload, &BOUNDS).unwrap();

    assert_eq!(done.full.kind, Kind::Gif);
    assert!(!has_secret(&done.full.bytes));
    assert_eq!(done.full.bytes, animation(5));
}

#[test]
fn what_is_no_picture_is_refused_whatever_it_is_called() {
    for bytes in [
        &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..],
        b"GIF89",
        b"%PDF-1.7",
        b"",
        b"<html>",
        b"BM1234567890",
    ] {
        assert_eq!(problem(process(bytes, &BOUNDS)), "must be a JPEG, PNG, GIF or WebP picture");
    }
    for bytes in [
        &b"\xff\xd8\xff<script>"[..],
        b"\x89PNG\r\n\x1a\nxxxxxxxxxxxxxxx",
        b"GIF89a;",
        b"RIFF\0\0\0\0WEBPVP8 ",
    ] {
        assert!(problem(process(bytes, &BOUNDS)).contains("is broken"), "{bytes:?}");
    }
}

#[test]
fn every_piece_of_a_picture_is_taken_or_refused_and_never_crashes() {
    for whole in [jpeg(&two_halves(16, 16), 1), png(&RgbaImage::new(9, 9)), animation(2)] {
        for end in 0..whole.len() {
            let _ = process(&whole[..end], &BOUNDS);
        }
        for at in 0..whole.len() {
            let mut twisted = whole.clone();
            twisted[at] ^= 0x55;
            let _ = process(&twisted, &BOUNDS);
        }
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    // A PNG whose head claims 60,000 by 60,000 pixels.
    let mut bomb = png(&RgbaImage::new(1, 1));
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let sum = crc32(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());

    assert!(problem(process(&bomb, &BOUNDS)).contains("60000×60000"));
    assert!(problem(process(&jpeg(&two_halves(2001, 2000), 1), &BOUNDS)).contains("more than 4 million"));
    assert!(problem(process(&vec![0xff; (4 << 20) + 1], &BOUNDS)).contains("larger than 4 MiB"));
}

#[test]
fn a_face_is_the_middle_of_the_picture() {
    let face = cropped(&jpeg(&two_halves(1200, 600), 1), 400, 400, &BOUNDS).unwrap();
    assert_eq!((face.width, face.height), (400, 400));
    let image = image::load_from_memory(&face.bytes).unwrap().into_rgb8();
    assert!(image.get_pixel(10, 200).0[0] > 150 && image.get_pixel(390, 200).0[2] > 150);

    let small = cropped(&jpeg(&two_halves(50, 30), 1), 400, 400, &BOUNDS).unwrap();
    assert_eq!((small.width, small.height), (30, 30));
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

#[test]
fn every_way_to_hold_a_camera_is_carried_out() {
    // A quarter of the picture is red: above and left of the middle, as the camera saw it.
    let seen =
        RgbImage::from_fn(40, 20, |x, y| if x < 20 && y < 10 { Rgb([220, 20, 20]) } else { Rgb([9, 9, 9]) });
    let corners = [(5, 4), (35, 4), (35, 16), (5, 16)];
    for (orientation, corner) in [(1, 0), (2, 1), (3, 2), (4, 3), (5, 0), (6, 1), (7, 2), (8, 3)] {
        let done = process(&jpeg(&seen, orientation), &BOUNDS).unwrap();

        let image = image::load_from_memory(&done.full.bytes).unwrap().into_rgb8();
        let lies = orientation > 4;
        assert_eq!(image.dimensions(), if lies { (20, 40) } else { (40, 20) }, "{orientation}");
        for (at, (x, y)) in corners.into_iter().enumerate() {
            let (x, y) = if lies { (x / 2, y * 2) } else { (x, y) };
            assert_eq!(image.get_pixel(x, y).0[0] > 150, at == corner, "{orientation} {at}");
        }
    }
}

#[test]
fn colour_profiles_and_what_follows_the_picture_are_gone() {
    let mut upload = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut upload, 90);
    encoder.set_icc_profile(SECRET.repeat(10)).unwrap();
    encoder.encode_image(&two_halves(32, 32)).unwrap();
    let zip = [b"PK\x03\x04", SECRET].concat();
    let page = [b"<html><script>", SECRET].concat();
    assert!(has_secret(&upload));
    for tail in [zip, page] {
        for picture in
            [upload.clone(), jpeg(&two_halves(32, 32), 1), png(&RgbaImage::new(9, 9)), animation(2)]
        {
            let done = process(&[&picture[..], &tail].concat(), &BOUNDS).unwrap();

            assert!(!has_secret(&done.full.bytes) && !has_secret(&done.preview.bytes));
            assert!(!done.full.bytes.windows(5).any(|five| five == b"<html"));
        }
    }
}

#[test]
fn a_large_picture_has_a_middle_size_and_a_part_of_it_is_cut_as_asked() {
    let bounds = Bounds { max_side: 3000, ..BOUNDS };
    let upload = jpeg(&two_halves(2000, 1000), 1);
    let done = process(&upload, &bounds).unwrap();
    let large = done.large.expect("it is larger than that");
    assert_eq!((large.width, large.height), (1280, 640));
    assert!(process(&jpeg(&two_halves(1280, 900), 1), &bounds).unwrap().large.is_none());

    let right = part(&upload, Part { x: 0.5, y: 0.5, width: 0.5, height: 0.5 }, &bounds).unwrap();
    assert_eq!((right.full.width, right.full.height), (1000, 500));
    let image = image::load_from_memory(&right.full.bytes).unwrap().into_rgb8();
    assert!(image.get_pixel(10, 10).0[2] > 150, "only the blue half is left");
    let least = part(&upload, Part { x: 1.0, y: 1.0, width: 1e-9, height: 1e-9 }, &bounds).unwrap();
    assert_eq!((least.full.width, least.full.height), (1, 1));
}
