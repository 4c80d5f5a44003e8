//! Where a JPEG ends. Decoders paint what lacks of a cut file grey, and do not mind a second file behind the first.

/// How a JPEG ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Before its end mark.
    Cut,
    /// With its end mark.
    Whole,
    /// Its end mark stands there, and something else behind it.
    MoreBehind,
}

/// Walks from mark to mark; nothing is unpacked.
pub fn ending(bytes: &[u8]) -> Ending {
    match end_mark(bytes) {
        None => Ending::Cut,
        Some(end) if end == bytes.len() => Ending::Whole,
        Some(_) => Ending::MoreBehind,
    }
}

/// Where the byte after the end mark stands.
fn end_mark(bytes: &[u8]) -> Option<usize> {
    let mut at = bytes.starts_with(&[0xff, 0xd8]).then_some(2)?;
    loop {
        // What stands between segments is packed pixels, in which 0xff is followed by 0 or a restart mark.
        at += bytes.get(at..)?.iter().position(|b| *b == 0xff)?;
        match *bytes.get(at + 1)? {
            0xd9 => return Some(at + 2),
            0xff => at += 1,
            0x00 | 0x01 | 0xd0..=0xd8 => at += 2,
            _ => {
                let length = u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]);
                at += 2 + usize::from(length).max(2);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_mark_inside_a_segment_is_none() {
        let app = [0xff, 0xe1, 0, 6, 0xff, 0xd9, 0xff, 0xd9];
        let scan = [0xff, 0xda, 0, 2, 1, 2, 0xff, 0, 3, 0xff, 0xd3, 4];
        let whole = [&[0xff, 0xd8][..], &app, &scan, &[0xff, 0xd9]].concat();
        assert_eq!(ending(&whole), Ending::Whole);
        assert_eq!(ending(&[&whole[..], b"PK"].concat()), Ending::MoreBehind);
        for cut in 0..whole.len() {
            assert_eq!(ending(&whole[..cut]), Ending::Cut, "at {cut}");
        }
    }
}
