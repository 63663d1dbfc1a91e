//! Pictures, whatever they are called.
#![no_main]

use breezeway::platform::images::{Bounds, Kind, cropped, process};
use libfuzzer_sys::fuzz_target;

const BOUNDS: Bounds = Bounds { max_bytes: 1 << 20, max_pixels: 1 << 18, max_side: 128, jpeg_quality: 80 };

fuzz_target!(|bytes: &[u8]| {
    if let Ok(done) = process(bytes, &BOUNDS) {
        // Moving pictures keep their size.
        if done.full.kind != Kind::Gif {
            assert!(done.full.width <= BOUNDS.max_side && done.full.height <= BOUNDS.max_side);
        }
        assert!(process(&done.full.bytes, &BOUNDS).is_ok(), "what we wrote can be read");
    }
    let _ = cropped(bytes, 40, 40, &BOUNDS);
});
