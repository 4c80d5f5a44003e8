//! What a camera wrote into a photo that a record may want: when, and on purpose where.

use std::io::Cursor;

use exif::{Exif, In, Tag, Value};
use jiff::tz::{Offset, TimeZone};

use crate::clock::LOCAL;

/// What the camera says.
#[derive(Default)]
pub(super) struct Metadata {
    /// When, milliseconds since 1970; 0 if it does not say.
    pub(super) taken_ms: i64,
    /// Latitude and longitude, empty if it does not say.
    pub(super) place: String,
}

/// Reads a picture's metadata; what cannot be read is as if it were not there.
pub(super) fn read(bytes: &[u8]) -> Metadata {
    let Ok(exif) = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)) else { return Metadata::default() };
    Metadata { taken_ms: taken(&exif).unwrap_or(0), place: place(&exif).unwrap_or_default() }
}

fn taken(exif: &Exif) -> Option<i64> {
    let told = exif::DateTime::from_ascii(text(exif, Tag::DateTimeOriginal)?).ok()?;
    let n = |n: u8| i8::try_from(n).ok();
    let at =
        jiff::civil::DateTime::new(i16::try_from(told.year).ok()?, n(told.month)?, n(told.day)?, n(told.hour)?, n(told.minute)?, n(told.second)?, 0).ok()?;
    // Cameras write what their clock shows; without an offset it is the office's time.
    let zone = text(exif, Tag::OffsetTimeOriginal).and_then(offset).map_or_else(|| LOCAL.clone(), TimeZone::fixed);
    Some(at.to_zoned_datetime(zone).ok()?.timestamp().as_millisecond())
}

/// `+08:00`
fn offset(text: &[u8]) -> Option<Offset> {
    let (hours, minutes) = std::str::from_utf8(text).ok()?.trim_matches(['\0', ' ']).split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    Offset::from_seconds(hours.checked_mul(3_600)?.checked_add(hours.signum() * minutes.checked_mul(60)?)?).ok()
}

fn place(exif: &Exif) -> Option<String> {
    let latitude = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, b"S", 90.0)?;
    let longitude = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, b"W", 180.0)?;
    Some(format!("{latitude:.5},{longitude:.5}"))
}

fn degrees(exif: &Exif, tag: Tag, side: Tag, negative: &[u8], most: f64) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let [d, m, s] = parts.get(..3)? else { return None };
    let all = d.to_f64() + m.to_f64() / 60.0 + s.to_f64() / 3_600.0;
    let signed = if text(exif, side)?.starts_with(negative) { -all } else { all };
    (all.is_finite() && (0.0..=most).contains(&all)).then_some(signed)
}

fn text(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(lines) => lines.first().map(Vec::as_slice),
        _ => None,
    }
}
