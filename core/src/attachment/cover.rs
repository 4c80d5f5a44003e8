//! A photo of which everybody may see the rest: patches are painted into its pixels, and nothing else of the file that came is kept.

use image::Rgb;

use super::{
    Derived,
    photo::{derived, guarded, opened},
};
use crate::{Result, model::Patch};

/// One colour, so that nothing of what lies below can be made out: what is blurred can be guessed back.
const PATCH: Rgb<u8> = Rgb([0, 0, 0]);

/// Paints patches over a photo that a phone sent, as it is shown.
///
/// # Errors
/// As [`super::derive`].
pub fn cover(bytes: &[u8], patches: &[Patch]) -> Result<Derived> {
    guarded(|| {
        let mut display = opened(bytes)?;
        let (width, height) = display.dimensions();
        for [left, top, right, bottom] in patches.iter().map(|patch| patch.pixels(width, height)) {
            for (x, y) in (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y))) {
                display.put_pixel(x, y, PATCH);
            }
        }
        // The small form is made of what was painted over.
        derived(&display)
    })
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, RgbImage, codecs::jpeg::JpegEncoder};

    use super::*;
    use crate::attachment::{derive, ending};

    /// A photo of many colours, large enough to be made smaller.
    fn photo(width: u32, height: u32) -> Vec<u8> {
        let byte = |n: u32| u8::try_from(n % 256).unwrap_or_default();
        let image = RgbImage::from_fn(width, height, |x, y| Rgb([byte(x / 8), byte(y / 8), 200]));
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 90).encode_image(&image).unwrap();
        jpeg
    }

    fn read(jpeg: &[u8]) -> RgbImage {
        image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().into_rgb8()
    }

    #[test]
    fn what_is_covered_is_one_colour_and_the_rest_is_as_it_was() {
        let jpeg = photo(2_000, 1_000);
        let patch = Patch { x: 2_500, y: 5_000, width: 1_250, height: 2_000 };
        let (plain, covered) = (read(&derive(&jpeg).unwrap().display), read(&cover(&jpeg, &[patch]).unwrap().display));
        assert_eq!((covered.dimensions(), patch.pixels(1_600, 800)), ((1_600, 800), [400, 400, 600, 560]));
        let far = |a: &Rgb<u8>, b: &Rgb<u8>| a.0.iter().zip(b.0).map(|(a, b)| a.abs_diff(b)).max().unwrap_or_default();
        for (x, y, pixel) in covered.enumerate_pixels() {
            // At its edge the packing of the picture mixes a block of eight pixels.
            let inside = (400..600).contains(&x) && (400..560).contains(&y);
            let outside = !(392..608).contains(&x) || !(392..568).contains(&y);
            assert!(!inside || far(pixel, &PATCH) <= 24, "{x} {y} is {pixel:?}");
            assert!(!outside || far(pixel, plain.get_pixel(x, y)) <= 8, "{x} {y} is {pixel:?}");
        }
    }

    #[test]
    fn the_small_form_is_covered_too_and_all_of_it_may_be() {
        let all = Patch { x: 0, y: 0, width: 10_000, height: 10_000 };
        let covered = cover(&photo(640, 480), &[all]).unwrap();
        let thumbnail = read(&covered.thumbnail);
        assert_eq!(thumbnail.dimensions(), (256, 192));
        assert!(thumbnail.pixels().chain(read(&covered.display).pixels()).all(|pixel| *pixel == PATCH));
    }

    #[test]
    fn nothing_but_pixels_comes_along() {
        let jpeg = photo(64, 64);
        let page = b"<html><script>alert(1)</script>";
        let length = u16::try_from(page.len() + 2).unwrap().to_be_bytes();
        // As a comment the file is a whole JPEG all the same.
        let both = [&jpeg[..2], &[0xff, 0xfe], &length, page, &jpeg[2..]].concat();
        assert_eq!(ending(&both), super::super::Ending::Whole);
        let covered = cover(&both, &[]).unwrap();
        let holds = |bytes: &[u8]| bytes.windows(7).any(|part| part == b"<script");
        assert!(holds(&both) && !holds(&covered.display) && !holds(&covered.thumbnail));
        assert!(cover(&[&jpeg[..], page].concat(), &[]).is_err(), "a second file behind the end mark");
        assert!(cover(b"<html>", &[]).is_err());
    }
}
