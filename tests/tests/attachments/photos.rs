//! What the core makes of pictures, honest and hostile.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use minqing_core::{
    attachment::{MAX_SOURCE, PHOTO_SIDE, THUMB_SIDE, derive, prepare_photo},
    envelope::Hash,
};
use minqing_tests::world::camera::{PLACE, TAKEN_MS, photograph, with_metadata};

fn refused(bytes: &[u8]) -> &'static str {
    prepare_photo(bytes, true).unwrap_err().code()
}

fn saved(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn open(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().into_rgb8()
}

/// Nothing that a camera writes in: no metadata segment at all, and none of its words.
fn is_bare(jpeg: &[u8]) -> bool {
    let has = |what: &[u8]| jpeg.windows(what.len()).any(|w| w == what);
    !has(b"Exif") && !has(b"SECRET") && !has(&[0xff, 0xe1]) && exif::Reader::new().read_from_container(&mut Cursor::new(jpeg)).is_err()
}

#[test]
fn a_photo_stands_upright_is_small_and_says_nothing_of_the_camera() {
    let camera = photograph(1, 2_400, 1_800);
    assert!(!is_bare(&camera), "the camera wrote nothing in");
    let photo = prepare_photo(&camera, false).unwrap();
    assert_eq!((photo.width, photo.height), (1_200, PHOTO_SIDE), "turned by its orientation");
    assert_eq!((photo.sha256, photo.taken_ms, photo.place.as_str()), (Hash::of(&photo.bytes), TAKEN_MS, ""));
    assert!(is_bare(&photo.bytes) && is_bare(&photo.thumbnail));
    let (display, thumb) = (open(&photo.bytes), open(&photo.thumbnail));
    assert_eq!(display.dimensions(), (1_200, PHOTO_SIDE));
    assert_eq!(thumb.dimensions(), (192, THUMB_SIDE));
    for (image, far) in [(&display, 1_100), (&thumb, 180)] {
        let bright = |x: u32, y: u32| image.get_pixel(x, y).0.iter().all(|c| *c > 220);
        assert!(bright(4, 4) && !bright(far, 4), "the white corner is not at the top left");
    }
    assert_eq!(prepare_photo(&camera, true).unwrap().place, PLACE, "kept on purpose, as words");
    assert_eq!(prepare_photo(&camera, false).unwrap(), photo, "the same picture gives the same bytes");
}

#[test]
fn every_orientation_ends_upright() {
    // Wider than high when upright; what is stored is turned back by each orientation.
    for orientation in 1..=8 {
        let mut stored = DynamicImage::ImageRgb8(RgbImage::from_fn(64, 32, |x, y| if x < 16 && y < 16 { [255; 3] } else { [0; 3] }.into()));
        stored = match orientation {
            1 => stored,
            2 => stored.fliph(),
            3 => stored.rotate180(),
            4 => stored.flipv(),
            5 => stored.rotate90().fliph(),
            6 => stored.rotate270(),
            7 => stored.rotate270().fliph(),
            _ => stored.rotate90(),
        };
        let photo = prepare_photo(&with_metadata(&saved(&stored, ImageFormat::Jpeg), orientation), false).unwrap();
        let upright = open(&photo.bytes);
        assert_eq!(upright.dimensions(), (64, 32), "orientation {orientation}");
        assert!(upright.get_pixel(4, 4).0[0] > 200 && upright.get_pixel(60, 28).0[0] < 60, "orientation {orientation}");
    }
}

#[test]
fn a_small_picture_of_another_kind_becomes_a_jpeg_of_its_own_size() {
    let image = DynamicImage::ImageRgba8(RgbaImage::from_pixel(30, 20, image::Rgba([10, 200, 30, 255])));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let photo = prepare_photo(&saved(&image, format), false).unwrap();
        assert_eq!((photo.width, photo.height, open(&photo.bytes).dimensions()), (30, 20, (30, 20)));
    }
    let thin = DynamicImage::ImageRgb8(RgbImage::new(4_000, 1));
    assert_eq!(prepare_photo(&saved(&thin, ImageFormat::Png), false).unwrap().height, 1, "never less than one pixel");
}

#[test]
fn what_is_no_picture_or_too_much_of_one_is_refused_by_code() {
    for other in
        [&b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"[..], b"<!doctype html>", b"PK\x03\x04", b"GIF89a\x01\0\x01\0", b"", b"\xff\xd8"]
    {
        assert_eq!(refused(other), "photo.kind");
    }
    let whole = photograph(2, 200, 100);
    for cut in [whole.len() - 1, whole.len() / 2, 20, 3] {
        assert_eq!(refused(&whole[..cut]), "photo.unreadable", "cut at {cut}");
    }
    assert_eq!(refused(&vec![0xff; MAX_SOURCE + 1]), "photo.too_large");
    let png = saved(&DynamicImage::ImageRgb8(RgbImage::new(9, 9)), ImageFormat::Png);
    assert_eq!(refused(&png[..png.len() / 2]), "photo.unreadable");
    // The header alone says 30,000 × 30,000: nothing is unpacked, though nothing is there to unpack either.
    assert_eq!(refused(&png_that_claims(30_000, 30_000)), "photo.too_many_pixels");
    assert_eq!(refused(&png_that_claims(9_000, 9_000)), "photo.too_many_pixels", "81 megapixels");
    assert_eq!(refused(&png_that_claims(0, 9)), "photo.unreadable");
    assert_eq!(refused(&jpeg_that_claims(65_000, 65_000)), "photo.too_many_pixels");
}

#[test]
fn a_second_file_behind_a_photo_stays_behind_on_the_phone_and_outside_of_the_office() {
    let behind = [&photograph(3, 64, 48)[..], b"PK\x03\x04 <script>alert(1)</script>"].concat();
    let photo = prepare_photo(&behind, false).unwrap();
    assert!(!photo.bytes.windows(8).any(|w| w == b"<script>"));
    assert_eq!(derive(&behind).unwrap_err().code(), "photo.unreadable");
    let png = saved(&DynamicImage::ImageRgb8(RgbImage::new(9, 9)), ImageFormat::Png);
    assert_eq!(derive(&png).unwrap_err().code(), "photo.unreadable", "phones send nothing but JPEG");
}

#[test]
fn what_the_office_derives_says_nothing_of_the_camera_though_the_phone_left_it_in() {
    let sent = photograph(4, 1_600, 1_200);
    let derived = derive(&sent).unwrap();
    assert_eq!((derived.width, derived.height), (1_200, 1_600));
    assert!(is_bare(&derived.display) && is_bare(&derived.thumbnail) && !is_bare(&sent));
    assert_eq!(derive(&jpeg_that_claims(9_000, 10)).unwrap_err().code(), "photo.too_many_pixels");
}

#[test]
fn no_damage_makes_a_decoder_fall_over() {
    let whole = photograph(5, 96, 64);
    for at in (0..whole.len()).step_by(7) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x5a;
        // Either is fine; what counts is that somebody answers.
        if let Err(e) = prepare_photo(&damaged, true) {
            assert!(e.code().starts_with("photo."), "{e}");
        }
    }
}

/// A PNG whose header claims a size, with the right checksum, and nothing in it.
fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
    let mut png = saved(&DynamicImage::ImageRgb8(RgbImage::new(1, 1)), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    png
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |c: u32| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, b| (0..8).fold(crc ^ u32::from(*b), |c, _| step(c)))
}

/// A JPEG whose frame header claims a size.
fn jpeg_that_claims(width: u16, height: u16) -> Vec<u8> {
    let mut jpeg = saved(&DynamicImage::ImageRgb8(RgbImage::new(8, 8)), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}
