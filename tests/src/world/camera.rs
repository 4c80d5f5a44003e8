//! A camera that photographs nobody: coloured squares, held sideways, with the time and the place written in.

use exif::{Field, In, Rational, Tag, Value, experimental::Writer};
use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};

/// The place that is written in: a square in Lanzhou.
pub const PLACE: &str = "36.06133,103.83417";
/// When all photos were taken: Monday 2026-09-14, 09:30 in Lanzhou.
pub const TAKEN_MS: i64 = 1_789_315_200_000 + (9 * 60 + 30) * 60_000;

/// A JPEG as a phone's camera writes it: `width` × `height` as stored, to be turned by 90° to stand upright. The same
/// number gives the same picture, and its top left corner is white when upright.
pub fn photograph(number: u64, width: u32, height: u32) -> Vec<u8> {
    let colour = |n: u64| u8::try_from((n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) & 0xff).unwrap_or(0);
    let side = (width.max(height) / 12).max(1);
    let picture = RgbImage::from_fn(width, height, |x, y| {
        // Orientation 6: what is stored at the bottom left stands at the top left.
        if x < side && y >= height - side {
            return Rgb([255, 255, 255]);
        }
        let square = number.wrapping_add(u64::from(x / side) * 31 + u64::from(y / side) * 17);
        Rgb([colour(square) / 2, colour(square + 1) / 2, colour(square + 2) / 2])
    });
    let mut jpeg = Vec::new();
    // Writing into memory cannot fail.
    let _ = JpegEncoder::new_with_quality(&mut jpeg, 85).encode_image(&picture);
    with_metadata(&jpeg, 6)
}

/// Puts orientation, time and place into a JPEG.
pub fn with_metadata(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    let ascii = |text: &str| Value::Ascii(vec![text.as_bytes().to_vec()]);
    let degrees = |d, m, s| Value::Rational(vec![Rational { num: d, denom: 1 }, Rational { num: m, denom: 1 }, Rational { num: s, denom: 10 }]);
    let fields = [
        (Tag::Orientation, Value::Short(vec![orientation])),
        (Tag::DateTimeOriginal, ascii("2026:09:14 09:30:00")),
        (Tag::Make, ascii("SECRET-CAMERA")),
        (Tag::GPSLatitudeRef, ascii("N")),
        (Tag::GPSLatitude, degrees(36, 3, 408)),
        (Tag::GPSLongitudeRef, ascii("E")),
        (Tag::GPSLongitude, degrees(103, 50, 30)),
    ]
    .map(|(tag, value)| Field { tag, ifd_num: In::PRIMARY, value });
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut tiff = std::io::Cursor::new(Vec::new());
    let _ = writer.write(&mut tiff, false);
    let body = [&b"Exif\0\0"[..], tiff.get_ref()].concat();
    let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &body, &jpeg[2..]].concat()
}

/// A voice note in which nobody speaks: so many samples of a saw tooth.
pub fn voice(number: u64, samples: u32) -> Vec<u8> {
    let data: Vec<u8> = (0..samples).map(|i| u8::try_from((u64::from(i) * (number % 7 + 1)) & 0xff).unwrap_or(0)).collect();
    let size = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + size).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data");
    wav.extend(size.to_le_bytes());
    wav.extend(data);
    wav
}
