//! What a file is, by its first bytes alone: names and claims count for nothing.

use crate::model::Media;

/// Brands of MP4 files that phones' recorders write.
const M4A: &[&[u8]] = &[b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"3gp4", b"3gp5"];

/// The kind of a file; `None` for everything that is not taken in.
pub fn sniff(bytes: &[u8]) -> Option<Media> {
    let at = |from: usize, what: &[u8]| bytes.get(from..from + what.len()) == Some(what);
    let riff = at(0, b"RIFF");
    Some(match bytes {
        _ if at(0, b"\xff\xd8\xff") => Media::Jpeg,
        _ if at(0, b"\x89PNG\r\n\x1a\n") => Media::Png,
        _ if riff && at(8, b"WEBP") => Media::Webp,
        _ if riff && at(8, b"WAVE") => Media::Wav,
        _ if at(0, b"OggS") => Media::Ogg,
        _ if at(0, b"#!AMR\n") || at(0, b"#!AMR-WB\n") => Media::Amr,
        _ if at(4, b"ftyp") && M4A.iter().any(|brand| at(8, brand)) => Media::M4a,
        // ADTS: twelve bits of ones, then a layer of 0.
        [0xff, second, ..] if second & 0xf6 == 0xf0 => Media::Aac,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_decide() {
        for (bytes, media) in [
            (&b"\xff\xd8\xff\xe1"[..], Some(Media::Jpeg)),
            (b"\x89PNG\r\n\x1a\n....", Some(Media::Png)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(Media::Webp)),
            (b"RIFF\0\0\0\0WAVEfmt ", Some(Media::Wav)),
            (b"OggS\0\x02", Some(Media::Ogg)),
            (b"#!AMR\n\x3c", Some(Media::Amr)),
            (b"\0\0\0\x18ftypM4A \0\0", Some(Media::M4a)),
            (b"\xff\xf1\x50\x80", Some(Media::Aac)),
            (b"\0\0\0\x18ftypavif\0\0", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
            (b"<!doctype html><script>", None),
            (b"PK\x03\x04", None),
            (b"GIF89a", None),
            (b"%PDF-1.7", None),
            (b"", None),
        ] {
            assert_eq!(sniff(bytes), media, "{bytes:?}");
        }
    }
}
