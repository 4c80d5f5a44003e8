//! Patches that cover what nobody outside may see on a photo, as a face or a number plate.

use minicbor::{Decode, Encode};

/// Most patches on one photo.
pub const MAX_PATCHES: usize = 20;

/// A rectangle on a photo as people see it. All four in ten-thousandths of the side they lie along, from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Patch {
    /// From the left.
    #[n(0)]
    pub x: u16,
    /// From the top.
    #[n(1)]
    pub y: u16,
    /// How wide.
    #[n(2)]
    pub width: u16,
    /// How high.
    #[n(3)]
    pub height: u16,
}

impl Patch {
    /// A whole side.
    pub const WHOLE: u16 = 10_000;

    /// Whether it covers something, and nothing beyond the photo.
    pub fn is_within(self) -> bool {
        let fits = |from: u16, length: u16| length > 0 && from.checked_add(length).is_some_and(|end| end <= Self::WHOLE);
        fits(self.x, self.width) && fits(self.y, self.height)
    }

    /// The pixels it covers of a photo so large, as left, top, right and bottom, the last two not included. What it covers by a part
    /// of a pixel, it covers.
    pub fn pixels(self, width: u32, height: u32) -> [u32; 4] {
        let whole = u64::from(Self::WHOLE);
        let at = |part: u32, side: u32, round: u64| u32::try_from((u64::from(part) * u64::from(side) + round) / whole).unwrap_or(side).min(side);
        let end = |from: u16, length: u16| u32::from(from) + u32::from(length);
        let up = whole - 1;
        [at(self.x.into(), width, 0), at(self.y.into(), height, 0), at(end(self.x, self.width), width, up), at(end(self.y, self.height), height, up)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_lies_within_the_photo_and_covers_something() {
        let is_within = |x, y, width, height| Patch { x, y, width, height }.is_within();
        assert!(is_within(0, 0, 10_000, 10_000) && is_within(9_999, 9_999, 1, 1));
        for (x, y, width, height) in [(0, 0, 0, 5), (0, 0, 5, 0), (1, 0, 10_000, 5), (0, 9_000, 5, 1_001), (u16::MAX, 0, 1, 1), (5, 5, u16::MAX, 1)] {
            assert!(!is_within(x, y, width, height), "{x} {y} {width} {height}");
        }
    }

    #[test]
    fn what_is_covered_in_part_is_covered() {
        let patch = Patch { x: 2_501, y: 0, width: 2_498, height: 1 };
        assert_eq!(patch.pixels(8, 100), [2, 0, 4, 1]);
        assert_eq!(Patch { x: 0, y: 0, width: 10_000, height: 10_000 }.pixels(1_600, 1_200), [0, 0, 1_600, 1_200]);
        assert_eq!(Patch { x: u16::MAX, y: 0, width: u16::MAX, height: 1 }.pixels(8, 8), [8, 0, 8, 1], "never beyond the photo");
    }
}
