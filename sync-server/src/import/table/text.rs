//! The text of a file: UTF-8 with or without its mark, else GB18030, which also reads GBK and GB2312.

use std::borrow::Cow;

use encoding_rs::GB18030;

use crate::fault::Fault;

/// Decodes a file. What is marked as UTF-8 must be it.
///
/// # Errors
/// `table.encoding`.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let broken = || Fault::new("table.encoding", "");
    if let Some(marked) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return std::str::from_utf8(marked).map(Cow::Borrowed).map_err(|_| broken());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(broken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_encodings_and_one_that_is_broken() {
        let (gb, _, _) = GB18030.encode("网格,姓名\n第 1 网格,马䶮");
        for bytes in [&b"\xef\xbb\xbf\xe7\xbd\x91\xe6\xa0\xbc"[..], "网格".as_bytes(), &gb] {
            assert!(decode(bytes).unwrap().starts_with("网格"));
        }
        assert!(decode(&gb).unwrap().ends_with("马䶮"));
        let utf16: Vec<u8> = [0xfeff_u16].into_iter().chain("网格".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for broken in [&b"\xef\xbb\xbf\xff"[..], b"\xff\xff", &utf16] {
            assert_eq!(decode(broken).unwrap_err().code, "table.encoding");
        }
    }
}
