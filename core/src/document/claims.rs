//! What a change's columns claim, counted without unpacking them.
//!
//! A column is a list of runs: 60 bytes can claim 2⁶² operations or predecessors, and Automerge counts them
//! one by one, or keeps them all, before anybody can ask how many there are. One long key, 5,000 times, is
//! 38 KB and takes 190 MB.

/// What the greediest column claims.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Claims {
    /// Rows: operations, or the values they overwrite.
    pub rows: u64,
    /// Bytes of keys, each time anew.
    pub text: u64,
}

/// Counts the claims of a change chunk; `None` where it cannot be read.
///
/// Layout: <https://automerge.org/automerge-binary-format-spec/#_change_chunks>.
pub(super) fn claims(chunk: &[u8]) -> Option<Claims> {
    let mut r = Reader(chunk.get(9..)?);
    r.number()?;
    let deps = r.number()?;
    r.take(deps.checked_mul(32)?)?;
    r.prefixed()?;
    // seq, start_op, time
    (0..3).try_for_each(|_| r.number().map(drop))?;
    r.prefixed()?;
    let actors = r.number()?;
    (0..actors).try_for_each(|_| r.prefixed().map(drop))?;
    let columns = r.number()?;
    let specs: Vec<(u64, u64)> = (0..columns).map(|_| Some((r.number()?, r.number()?))).collect::<Option<_>>()?;
    specs.into_iter().try_fold(Claims::default(), |most, (spec, len)| {
        let column = count(spec & 7, r.take(len)?)?;
        Some(Claims { rows: column.rows.max(most.rows), text: column.text.max(most.text) })
    })
}

/// Whether a change chunk rests on no other change, as the first of a document.
pub fn rests_on_nothing(chunk: &[u8]) -> bool {
    let first = || {
        let mut r = Reader(chunk.get(9..)?);
        r.number()?;
        Some(r.number()? == 0)
    };
    first().unwrap_or(false)
}

/// Types of columns with runs of their own kind; all others are runs of numbers.
const BOOLEAN: u64 = 4;
const STRING: u64 = 5;
const RAW: u64 = 7;

fn count(kind: u64, column: &[u8]) -> Option<Claims> {
    let mut r = Reader(column);
    let mut sum = Claims::default();
    while kind != RAW && !r.0.is_empty() {
        let run = match kind {
            BOOLEAN => Claims { rows: r.number()?, text: 0 },
            _ => r.run(kind == STRING)?,
        };
        sum = Claims { rows: sum.rows.saturating_add(run.rows), text: sum.text.saturating_add(run.text) };
    }
    Some(sum)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: u64) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(usize::try_from(n).ok()?)?;
        self.0 = rest;
        Some(head)
    }

    /// LEB128; the sign of a signed one is looked at by [`Reader::run`] only.
    fn number(&mut self) -> Option<u64> {
        self.groups().map(|(n, _)| n)
    }

    fn groups(&mut self) -> Option<(u64, u32)> {
        let (mut n, mut bits) = (0u64, 0u32);
        loop {
            let [byte] = *self.take(1)? else { return None };
            if bits > 63 {
                return None;
            }
            n |= u64::from(byte & 0x7f) << bits;
            bits += 7;
            if byte & 0x80 == 0 {
                return Some((n, bits));
            }
        }
    }

    fn prefixed(&mut self) -> Option<u64> {
        let n = self.number()?;
        self.take(n).map(|_| n)
    }

    /// The length of a text, 0 for a number.
    fn value(&mut self, text: bool) -> Option<u64> {
        if text { self.prefixed() } else { self.number().map(|_| 0) }
    }

    /// One run: so many times one value, so many values (negative), or so many nothings (zero, then how many).
    fn run(&mut self, text: bool) -> Option<Claims> {
        let (n, bits) = self.groups()?;
        let negative = n >> (bits.min(64) - 1) & 1 == 1;
        if n == 0 {
            return Some(Claims { rows: self.number()?, text: 0 });
        }
        if !negative {
            return Some(Claims { rows: n, text: self.value(text)?.saturating_mul(n) });
        }
        let literal = if bits < 64 { (1 << bits) - n } else { n.wrapping_neg() };
        let bytes = (0..literal).try_fold(0u64, |sum, _| Some(sum + self.value(text)?))?;
        Some(Claims { rows: literal, text: bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(kind: u64, column: &[u8]) -> Option<u64> {
        count(kind, column).map(|c| c.rows)
    }

    #[test]
    fn runs_are_counted_as_claimed() {
        assert_eq!(rows(2, &[2, 1, 0x7e, 5, 6, 0, 3]), Some(2 + 2 + 3));
        assert_eq!(count(STRING, &[2, 1, b'a', 0x7f, 2, b'b', b'c']), Some(Claims { rows: 3, text: 4 }));
        assert_eq!(rows(BOOLEAN, &[0, 4, 1]), Some(5));
        assert_eq!(rows(RAW, &[0xff; 9]), Some(0));
        let bomb = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x3f, 1];
        assert_eq!(rows(2, &bomb), Some((1 << 62) - 1));
        assert_eq!(rows(2, &[&bomb[..], &bomb, &bomb, &bomb, &bomb].concat()), Some(u64::MAX));
        assert_eq!(rows(2, &[0x7e, 1]), None, "two values claimed, one there");
        assert_eq!(rows(2, &[0xff; 20]), None);
    }

    #[test]
    fn an_honest_change_claims_its_operations() {
        let mut doc = crate::document::Doc::empty();
        let bytes = doc.change([1; 8], 0, |w| (0..100).try_for_each(|i| w.put(&format!("key{i:02}"), i))).unwrap().unwrap();
        assert_eq!(claims(&bytes), Some(Claims { rows: 100, text: 500 }));
        assert_eq!(claims(&bytes[..bytes.len() - 1]), None);
    }
}
