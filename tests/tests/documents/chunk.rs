//! An Automerge change chunk taken apart and put together again, so that a test can tell any lie in it.
//!
//! Layout: <https://automerge.org/automerge-binary-format-spec/#_change_chunks>.

use minqing_core::envelope::Hash;

/// Automerge's mark.
pub const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The chunk type of an uncompressed change.
pub const CHANGE: u8 = 1;

/// Specification numbers of a change's columns: id in the upper bits, type in the lowest three.
pub mod column {
    pub const KEY: u64 = (1 << 4) + 5;
    pub const INSERT: u64 = (3 << 4) + 4;
    pub const ACTION: u64 = (4 << 4) + 2;
    pub const VALUE_META: u64 = (5 << 4) + 6;
    pub const PRED_COUNT: u64 = 7 << 4;
    pub const PRED_ACTOR: u64 = (7 << 4) + 1;
    pub const PRED_COUNTER: u64 = (7 << 4) + 3;
}

/// The parts of a change chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    pub deps: Vec<[u8; 32]>,
    pub actor: Vec<u8>,
    pub seq: u64,
    pub start_op: u64,
    pub time: i64,
    pub message: Vec<u8>,
    pub other_actors: Vec<Vec<u8>>,
    pub columns: Vec<(u64, Vec<u8>)>,
    pub extra: Vec<u8>,
}

impl Chunk {
    /// Takes an honest change apart.
    pub fn read(bytes: &[u8]) -> Self {
        assert_eq!((&bytes[..4], bytes[8]), (&MAGIC[..], CHANGE));
        let mut r = Reader(&bytes[9..]);
        let length = r.unsigned();
        assert_eq!(r.0.len() as u64, length);
        let deps = (0..r.unsigned()).map(|_| r.take(32).try_into().unwrap()).collect();
        let actor = r.prefixed();
        let (seq, start_op, time) = (r.unsigned(), r.unsigned(), r.signed());
        let message = r.prefixed();
        let other_actors = (0..r.unsigned()).map(|_| r.prefixed()).collect();
        let lengths: Vec<(u64, u64)> = (0..r.unsigned()).map(|_| (r.unsigned(), r.unsigned())).collect();
        let columns = lengths.into_iter().map(|(spec, len)| (spec, r.take(len as usize).to_vec())).collect();
        Self { deps, actor, seq, start_op, time, message, other_actors, columns, extra: r.0.to_vec() }
    }

    /// Puts it together with the checksum that fits.
    pub fn write(&self) -> Vec<u8> {
        chunk(CHANGE, &self.body())
    }

    /// Replaces a column, or puts it where it belongs.
    pub fn set(&mut self, spec: u64, data: Vec<u8>) {
        self.columns.retain(|(s, _)| *s != spec);
        self.columns.push((spec, data));
        self.columns.sort();
    }

    fn body(&self) -> Vec<u8> {
        let mut out = unsigned(self.deps.len() as u64);
        self.deps.iter().for_each(|d| out.extend(d));
        prefixed(&mut out, &self.actor);
        out.extend(unsigned(self.seq));
        out.extend(unsigned(self.start_op));
        out.extend(signed(self.time));
        prefixed(&mut out, &self.message);
        out.extend(unsigned(self.other_actors.len() as u64));
        self.other_actors.iter().for_each(|a| prefixed(&mut out, a));
        out.extend(unsigned(self.columns.len() as u64));
        for (spec, data) in &self.columns {
            out.extend(unsigned(*spec));
            out.extend(unsigned(data.len() as u64));
        }
        self.columns.iter().for_each(|(_, data)| out.extend(data));
        out.extend(&self.extra);
        out
    }
}

/// A chunk of any type around a body.
pub fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut hashed = vec![kind];
    hashed.extend(unsigned(body.len() as u64));
    hashed.extend(body);
    [&MAGIC[..], &Hash::of(&hashed).0[..4], &hashed].concat()
}

/// LEB128 of a number.
pub fn unsigned(mut n: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while n > 0x7f {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
    out
}

/// Signed LEB128 of a number.
pub fn signed(mut n: i64) -> Vec<u8> {
    let mut out = Vec::new();
    while !(-64..64).contains(&n) {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8 & 0x7f);
    out
}

/// A run of one value in a column.
pub fn run(times: i64, value: &[u8]) -> Vec<u8> {
    [&signed(times)[..], value].concat()
}

fn prefixed(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend(unsigned(bytes.len() as u64));
    out.extend(bytes);
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> &'a [u8] {
        let (head, rest) = self.0.split_at(n);
        self.0 = rest;
        head
    }

    fn prefixed(&mut self) -> Vec<u8> {
        let n = self.unsigned();
        self.take(n as usize).to_vec()
    }

    fn unsigned(&mut self) -> u64 {
        self.groups().0
    }

    fn signed(&mut self) -> i64 {
        let (n, bits) = self.groups();
        if bits < 64 && n >> (bits - 1) & 1 == 1 { (n | u64::MAX << bits) as i64 } else { n as i64 }
    }

    fn groups(&mut self) -> (u64, u32) {
        let (mut n, mut bits) = (0, 0);
        loop {
            let byte = self.take(1)[0];
            n |= u64::from(byte & 0x7f) << bits;
            bits += 7;
            if byte & 0x80 == 0 {
                return (n, bits);
            }
        }
    }
}
