//! CBOR in zstd, bounded before anything is parsed (docs/WIRE.md), and the limits of version 1.

use std::{cell::RefCell, io};

use minicbor::{Decode, Encode};
use zstd::bulk::{Compressor, Decompressor};

use crate::{Error, Result};

/// Largest change, in bytes.
pub const MAX_CHANGE: usize = 48 << 10;
/// Largest item of any kind, in bytes.
pub const MAX_ITEM: usize = 64 << 10;
/// Largest frame as it travels, in bytes.
pub const MAX_FRAME: usize = 1 << 20;
/// Largest frame or list of items once unpacked, in bytes.
pub const MAX_UNPACKED: usize = 8 << 20;
/// Most envelopes in one frame.
pub const MAX_ENVELOPES: usize = 256;
/// Most items in one frame.
pub const MAX_ITEMS: usize = 4_096;
/// Most documents of which one request says what it holds of them.
pub const MAX_MANIFEST: usize = 16_384;
/// Largest document once saved, in bytes; a change that would make it larger is put aside.
pub const MAX_DOCUMENT: usize = 4 << 20;
/// Bytes of items put into one frame; what remains goes into the next.
pub const FRAME_BUDGET: usize = 512 << 10;

/// Below this size a frame is not compressed.
const SMALL: usize = 256;
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const LEVEL: i32 = 3;

/// CBOR of a value.
pub fn to_cbor<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing into a Vec cannot fail, and no encoder of ours returns errors of its own.
    let _ = minicbor::encode(value, &mut out);
    out
}

/// Reads a value that takes up all of `bytes`.
///
/// # Errors
/// `frame.malformed`.
pub fn from_cbor<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder.decode().map_err(|_| Error::Malformed("frame.malformed"))?;
    if decoder.position() == bytes.len() { Ok(value) } else { Err(Error::Malformed("frame.malformed")) }
}

thread_local! {
    // A thread's own: to make them takes longer than to pack a small frame.
    static PACKER: RefCell<io::Result<Compressor<'static>>> = RefCell::new(Compressor::new(LEVEL));
    static UNPACKER: RefCell<io::Result<Decompressor<'static>>> = RefCell::new(unpacker());
}

fn unpacker() -> io::Result<Decompressor<'static>> {
    let mut unpacker = Decompressor::new()?;
    // 2^23 = the bound on what may be unpacked at all.
    unpacker.window_log_max(23)?;
    Ok(unpacker)
}

/// Compresses, where that makes it smaller.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    if bytes.len() < SMALL {
        return bytes.to_vec();
    }
    let packed = PACKER.with_borrow_mut(|packer| packer.as_mut().ok()?.compress(bytes).ok());
    packed.filter(|packed| packed.len() < bytes.len()).unwrap_or_else(|| bytes.to_vec())
}

/// Undoes [`pack`], never allocating more than `max` bytes. CBOR never begins with zstd's mark.
///
/// # Errors
/// `frame.too_large`, `frame.malformed`.
pub fn unpack(bytes: &[u8], max: usize) -> Result<Vec<u8>> {
    if !bytes.starts_with(&ZSTD_MAGIC) {
        return if bytes.len() <= max { Ok(bytes.to_vec()) } else { Err(Error::Malformed("frame.too_large")) };
    }
    let stated = Decompressor::upper_bound(bytes);
    if stated.is_some_and(|size| size > max) {
        return Err(Error::Malformed("frame.too_large"));
    }
    let unpacked = UNPACKER.with_borrow_mut(|unpacker| unpacker.as_mut().ok()?.decompress(bytes, max).ok());
    unpacked.ok_or(Error::Malformed("frame.malformed"))
}

/// The bytes of a whole frame.
pub fn encode_frame<T: Encode<()>>(frame: &T) -> Vec<u8> {
    pack(&to_cbor(frame))
}

/// Reads a whole frame within the limits.
///
/// # Errors
/// `frame.too_large`, `frame.malformed`.
pub fn decode_frame<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Result<T> {
    if bytes.len() > MAX_FRAME {
        return Err(Error::Malformed("frame.too_large"));
    }
    from_cbor(&unpack(bytes, MAX_UNPACKED)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bombs_and_lies_fail_cleanly() {
        let bomb = zstd::bulk::compress(&vec![0u8; 100 << 20], 3).unwrap();
        assert_eq!(unpack(&bomb, MAX_UNPACKED).unwrap_err().code(), "frame.too_large");
        assert_eq!(unpack(&[0; 11], 10).unwrap_err().code(), "frame.too_large");
        for lie in [vec![0x5b, 0, 0, 1, 0, 0, 0, 0, 0], vec![0x9b, 0x10, 0, 0, 0, 0, 0, 0, 0], vec![0x81; 100_000], vec![0x01, 0x01]] {
            assert_eq!(decode_frame::<Vec<u64>>(&lie).unwrap_err().code(), "frame.malformed");
        }
        assert_eq!(decode_frame::<u8>(&vec![0; MAX_FRAME + 1]).unwrap_err().code(), "frame.too_large");
    }

    #[test]
    fn a_truncated_frame_is_malformed_at_every_length() {
        let frame = encode_frame(&vec![7u64; 4_000]);
        assert!(frame.len() < 4_000);
        for cut in 0..frame.len() {
            assert!(decode_frame::<Vec<u64>>(&frame[..cut]).is_err());
        }
        assert_eq!(decode_frame::<Vec<u64>>(&frame).unwrap().len(), 4_000);
    }
}
