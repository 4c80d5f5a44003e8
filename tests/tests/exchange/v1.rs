//! A reader of answers as the first version had it, written by hand and frozen: it knows the fields of then and skips the rest.
//! It shares no code with the core, so that a change there cannot teach it anything.

use std::collections::BTreeMap;

use minicbor::{Decoder, data::Type};

type Read<T> = Result<T, minicbor::decode::Error>;

/// An answer as far as version 1 knows it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Number and numeric argument of each state.
    pub states: Vec<(u64, Option<u64>)>,
    pub rows: Vec<Row>,
    pub cursors: Vec<u64>,
    pub sum: u64,
    pub ticket: Option<Vec<u8>>,
    pub more: bool,
    pub echo: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Row {
    Item { stream: u64, seq: u64, device: u64, opening: Vec<u8>, n: u64, kind: u64, doc: Vec<u8>, bytes: Vec<u8> },
    Own { stream: u64, from: u64, to: u64, opening: Vec<u8>, n: u64 },
    Later { stream: u64, seq: u64, doc: Vec<u8>, hash: Vec<u8>, counts: bool },
}

/// Reads an answer's frame.
pub fn read(frame: &[u8]) -> Read<Answer> {
    let plain = if frame.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) { zstd::bulk::decompress(frame, 8 << 20).unwrap() } else { frame.to_vec() };
    let mut d = Decoder::new(&plain);
    let mut answer = Answer::default();
    let fields = length(&mut d)?;
    for field in 0..fields {
        match field {
            0 => answer.states = many(&mut d, state)?,
            1 => answer.rows = many(&mut d, row)?,
            2 => end(&mut d, &mut answer)?,
            _ => d.skip()?,
        }
    }
    assert_eq!(d.position(), plain.len(), "bytes behind the answer");
    Ok(answer)
}

/// A map's values by their integer keys: those that are numbers and those that are bytes.
pub fn map(bytes: &[u8]) -> (BTreeMap<u64, u64>, BTreeMap<u64, Vec<u8>>) {
    let mut d = Decoder::new(bytes);
    let (mut numbers, mut texts) = (BTreeMap::new(), BTreeMap::new());
    for _ in 0..d.map().unwrap().unwrap() {
        let key = d.u64().unwrap();
        match d.datatype().unwrap() {
            Type::U8 | Type::U16 | Type::U32 | Type::U64 => drop(numbers.insert(key, d.u64().unwrap())),
            Type::Bytes => drop(texts.insert(key, d.bytes().unwrap().to_vec())),
            _ => d.skip().unwrap(),
        }
    }
    (numbers, texts)
}

fn length(d: &mut Decoder<'_>) -> Read<u64> {
    d.array()?.ok_or_else(|| minicbor::decode::Error::message("indefinite"))
}

fn many<T>(d: &mut Decoder<'_>, one: fn(&mut Decoder<'_>) -> Read<T>) -> Read<Vec<T>> {
    (0..length(d)?).map(|_| one(d)).collect()
}

fn rest(d: &mut Decoder<'_>, fields: u64, read: u64) -> Read<()> {
    (read..fields).try_for_each(|_| d.skip())
}

fn state(d: &mut Decoder<'_>) -> Read<(u64, Option<u64>)> {
    let fields = length(d)?;
    let number = d.u64()?;
    let has_number = fields > 1 && number <= 2;
    let argument = if has_number { Some(d.u64()?) } else { None };
    rest(d, fields, if has_number { 2 } else { 1 })?;
    Ok((number, argument))
}

fn row(d: &mut Decoder<'_>) -> Read<Row> {
    let fields = length(d)?;
    let (tag, stream, seq) = (d.u64()?, d.u64()?, d.u64()?);
    let (row, read) = match tag {
        0 => {
            let (device, opening, n) = (d.u64()?, d.bytes()?.to_vec(), d.u64()?);
            let (kind, doc, bytes) = (d.u64()?, d.bytes()?.to_vec(), d.bytes()?.to_vec());
            (Row::Item { stream, seq, device, opening, n, kind, doc, bytes }, 9)
        }
        1 => (Row::Own { stream, from: seq, to: d.u64()?, opening: d.bytes()?.to_vec(), n: d.u64()? }, 6),
        _ => (Row::Later { stream, seq, doc: d.bytes()?.to_vec(), hash: d.bytes()?.to_vec(), counts: d.bool()? }, 6),
    };
    rest(d, fields, read)?;
    Ok(row)
}

fn end(d: &mut Decoder<'_>, answer: &mut Answer) -> Read<()> {
    let fields = length(d)?;
    for field in 0..fields {
        match field {
            1 => answer.cursors = many(d, |d| d.u64())?,
            2 => answer.sum = d.u64()?,
            3 if d.datatype()? == Type::Bytes => answer.ticket = Some(d.bytes()?.to_vec()),
            4 => answer.more = d.bool()?,
            6 => answer.echo = d.bytes()?.to_vec(),
            _ => d.skip()?,
        }
    }
    Ok(())
}
