//! A photo made ready: upright, at most 1,600 pixels long, without metadata, with a thumbnail.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use fast_image_resize::{
    Resizer,
    images::{TypedImage, TypedImageRef},
    pixels::U8x3,
};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage, codecs::jpeg::JpegEncoder};

use super::{Ending, MAX_SOURCE, PHOTO_SIDE, THUMB_SIDE, ending, metadata, sniff};
use crate::{Error, Result, envelope::Hash, model::Media};

/// Longest side of a picture that a phone takes in, in pixels.
const SOURCE_SIDE: u32 = 12_000;
/// Most pixels of it.
const SOURCE_PIXELS: u64 = 50_000_000;
/// Longest side of a photo that the office derives from, in pixels; phones make 1,600.
const SENT_SIDE: u32 = 2_400;
/// Most bytes that unpacking may take.
const MAX_ALLOC: u64 = 256 << 20;
const QUALITY: u8 = 80;
const UNREADABLE: Error = Error::Malformed("photo.unreadable");

/// A photo made ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// A JPEG without any metadata.
    pub bytes: Vec<u8>,
    /// Its SHA-256.
    pub sha256: Hash,
    /// In pixels, as people see it.
    pub width: u32,
    /// In pixels, as people see it.
    pub height: u32,
    /// When the camera says it was taken, milliseconds since 1970; 0 if it does not.
    pub taken_ms: i64,
    /// Latitude and longitude, only if kept on purpose; else empty.
    pub place: String,
    /// A small JPEG for lists.
    pub thumbnail: Vec<u8>,
}

/// What the office shows of a photo: never the bytes that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// A JPEG of at most 1,600 pixels.
    pub display: Vec<u8>,
    /// A JPEG of at most 256 pixels.
    pub thumbnail: Vec<u8>,
    /// In pixels, as people see it.
    pub width: u32,
    /// In pixels, as people see it.
    pub height: u32,
}

/// Makes a picture of a camera ready. Metadata goes; `keep_place` hands the place back as words.
///
/// # Errors
/// `photo.too_large` over 12 MiB, `photo.kind` for anything but JPEG, PNG and WebP, `photo.too_many_pixels`, `photo.unreadable`.
pub fn prepare_photo(bytes: &[u8], keep_place: bool) -> Result<Photo> {
    if bytes.len() > MAX_SOURCE {
        return Err(Error::Malformed("photo.too_large"));
    }
    let format = match sniff(bytes) {
        // What a camera puts behind the end mark, as a second picture, is left behind.
        Some(Media::Jpeg) if ending(bytes) == Ending::Cut => return Err(UNREADABLE),
        Some(Media::Jpeg) => ImageFormat::Jpeg,
        Some(Media::Png) => ImageFormat::Png,
        Some(Media::Webp) => ImageFormat::WebP,
        _ => return Err(Error::Malformed("photo.kind")),
    };
    guarded(|| {
        let Derived { display: jpeg, thumbnail, width, height } = derived(&shrink(bytes, format, SOURCE_SIDE)?)?;
        let told = metadata::read(bytes);
        let place = if keep_place { told.place } else { String::new() };
        Ok(Photo { sha256: Hash::of(&jpeg), bytes: jpeg, width, height, taken_ms: told.taken_ms, place, thumbnail })
    })
}

/// Derives what the office shows from a photo that a phone sent.
///
/// # Errors
/// `photo.unreadable` for anything but one whole JPEG, `photo.too_many_pixels` for one over 2,400 pixels long.
pub fn derive(bytes: &[u8]) -> Result<Derived> {
    guarded(|| derived(&opened(bytes)?))
}

/// The pixels of a photo that a phone sent, as they are shown.
pub(super) fn opened(bytes: &[u8]) -> Result<RgbImage> {
    if sniff(bytes) != Some(Media::Jpeg) || ending(bytes) != Ending::Whole {
        return Err(UNREADABLE);
    }
    shrink(bytes, ImageFormat::Jpeg, SENT_SIDE)
}

/// Both forms of a picture.
pub(super) fn derived(display: &RgbImage) -> Result<Derived> {
    let (width, height) = display.dimensions();
    let thumbnail = resize(display.clone(), THUMB_SIDE)?;
    Ok(Derived { display: encode(display)?, thumbnail: encode(&thumbnail)?, width, height })
}

/// A decoder that falls over a picture must take nobody with it.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(UNREADABLE))
}

/// Upright, and no longer than what is shown. Looks at the header first: nothing is unpacked that is too large.
fn shrink(bytes: &[u8], format: ImageFormat, longest: u32) -> Result<RgbImage> {
    let unreadable = |_| UNREADABLE;
    let (width, height) = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().map_err(unreadable)?;
    if width.max(height) > longest || u64::from(width) * u64::from(height) > SOURCE_PIXELS {
        return Err(Error::Malformed("photo.too_many_pixels"));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(longest);
    limits.max_image_height = Some(longest);
    limits.max_alloc = Some(MAX_ALLOC);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let orientation = decoder.orientation().map_err(unreadable)?;
    let whole = DynamicImage::from_decoder(decoder).map_err(unreadable)?.into_rgb8();
    let mut image = DynamicImage::ImageRgb8(resize(whole, PHOTO_SIDE)?);
    image.apply_orientation(orientation);
    Ok(image.into_rgb8())
}

fn resize(image: RgbImage, longest: u32) -> Result<RgbImage> {
    let (width, height) = image.dimensions();
    let side = width.max(height);
    if side <= longest {
        return Ok(image);
    }
    let scaled = |n: u32| u32::try_from(u64::from(n) * u64::from(longest) / u64::from(side)).unwrap_or(longest).max(1);
    let (w, h) = (scaled(width), scaled(height));
    let mut resized = RgbImage::new(w, h);
    // Of one pixel type: `resize` would bring the code for all thirteen along.
    let from = TypedImageRef::<U8x3>::from_buffer(width, height, image.as_raw()).map_err(|_| UNREADABLE)?;
    let mut into = TypedImage::<U8x3>::from_buffer(w, h, &mut resized).map_err(|_| UNREADABLE)?;
    Resizer::new().resize_typed(&from, &mut into, None).map_err(|_| UNREADABLE)?;
    Ok(resized)
}

fn encode(image: &RgbImage) -> Result<Vec<u8>> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(image).map_err(|_| UNREADABLE)?;
    Ok(jpeg)
}
