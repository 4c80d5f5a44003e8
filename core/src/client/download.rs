//! Packs on their way to the phone, without a socket: the platform carries what `next_download` says and hands the
//! answer back; `unpack_next` then takes what came, chunk by chunk.

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{Client, Header, exchange::exchanges, taking::Taking};
use crate::{
    Error, Result,
    envelope::Hash,
    pack::{Chunks, Line, Snapshot},
    store::{
        packs::{self, UnderWay},
        project, streams,
    },
    sync::Answer,
};

/// How many bytes are asked for at once: what a cut of the network costs at most.
const PIECE: u64 = 256 << 10;

/// A `GET` to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Download {
    /// The path on the office's server.
    pub path: String,
    /// Its headers besides `Authorization`.
    pub headers: Vec<Header>,
}

/// What an answer to a download means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Downloaded {
    /// There is something to unpack.
    pub whole: bool,
    /// The token was not accepted: renew it and ask for the next download again.
    pub renew: bool,
    /// The office cannot give it now: ask again after the next exchange.
    pub later: bool,
}

/// What unpacking brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unpacked {
    /// There is more to unpack at once.
    pub more: bool,
    /// A stream has arrived in full: an exchange brings what came after it.
    pub complete: bool,
    /// Documents that lists must show anew.
    pub changed: Vec<String>,
}

/// A whole part while its chunks are taken.
pub(super) struct Unpacking {
    stream: String,
    part: usize,
    chunks: Part,
}

/// The first part is what lists show, the others are documents.
enum Part {
    Lines(Chunks<Line>),
    Documents(Chunks<Snapshot>),
}

/// What the next chunk of a part holds.
enum Chunk {
    Lines(Vec<Line>),
    Documents(Vec<Snapshot>),
}

impl Part {
    fn open(bytes: Vec<u8>, is_first: bool) -> Result<Self> {
        Ok(if is_first { Self::Lines(Chunks::new(bytes)?) } else { Self::Documents(Chunks::new(bytes)?) })
    }

    fn next(&mut self) -> Result<Option<Chunk>> {
        Ok(match self {
            Self::Lines(chunks) => chunks.next().transpose()?.map(Chunk::Lines),
            Self::Documents(chunks) => chunks.next().transpose()?.map(Chunk::Documents),
        })
    }
}

impl Client {
    /// The next request that brings a pack further; `None` if there is nothing to fetch now. Ask again after each exchange.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn next_download(&self) -> Result<Option<Download>> {
        self.not_in_practice()?;
        self.me()?;
        let Some(pack) = packs::under_way(self.store.read())? else { return Ok(None) };
        let Some(part) = pack.lacking() else { return Ok(None) };
        let last = (pack.here + PIECE).min(part.bytes) - 1;
        let path = format!("/v1/packs/{}/{}/{}", pack.stream, pack.seq, pack.part);
        let range = Header { name: "range".into(), value: format!("bytes={}-{last}", pack.here) };
        Ok(Some(Download { path, headers: vec![range] }))
    }

    /// Takes the answer to the last download: its status and body. No answer needs no call: ask for the next one.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn take_download(&mut self, status: u16, body: &[u8]) -> Result<Downloaded> {
        let Some((pack, part)) = packs::under_way(self.store.read())?.and_then(|pack| pack.lacking().map(|part| (pack, part))) else {
            return Ok(Downloaded::default());
        };
        // A server or proxy that knows no ranges begins at the beginning.
        let piece = match status {
            206 => body,
            200 => usize::try_from(pack.here).ok().and_then(|here| body.get(here..)).unwrap_or_default(),
            401 => return Ok(Downloaded { renew: true, ..Downloaded::default() }),
            // The office has made another meanwhile, or the stream is not ours any more.
            403 | 404 | 410 | 416 => {
                self.lists.store.write(|tx| packs::abandon(tx, &pack.stream))?;
                return Ok(Downloaded { later: true, ..Downloaded::default() });
            }
            _ => return Ok(Downloaded { later: true, ..Downloaded::default() }),
        };
        let here = pack.here + piece.len() as u64;
        if piece.is_empty() || here > part.bytes {
            self.lists.store.write(|tx| packs::refuse(tx, &pack.stream))?;
            return Ok(Downloaded { later: true, ..Downloaded::default() });
        }
        self.lists.store.write(|tx| packs::add_piece(tx, &pack.stream, pack.here, piece))?;
        Ok(Downloaded { whole: here == part.bytes, ..Downloaded::default() })
    }

    /// Takes the next chunk of what came, in one transaction; lists show it from then on.
    ///
    /// # Errors
    /// `store.failed`. A pack that is not what was offered is given up, and its stream read row by row.
    pub fn unpack_next(&mut self) -> Result<Unpacked> {
        let Some(pack) = packs::under_way(self.store.read())?.filter(|pack| pack.lacking().is_none()) else {
            return Ok(Unpacked::default());
        };
        match self.take_chunk(&pack) {
            Err(Error::Malformed(_)) => {
                self.unpacking = None;
                self.lists.store.write(|tx| packs::refuse(tx, &pack.stream))?;
                Ok(Unpacked { complete: true, ..Unpacked::default() })
            }
            taken => taken,
        }
    }

    fn take_chunk(&mut self, pack: &UnderWay) -> Result<Unpacked> {
        let mut unpacking = match self.unpacking.take().filter(|u| u.stream == pack.stream && u.part == pack.part) {
            Some(unpacking) => unpacking,
            None => begin(self.store.read(), pack)?,
        };
        let Some(chunk) = unpacking.chunks.next()? else { return self.end_part(pack) };
        let device = self.me()?.device();
        let mut pen = self.fresh_pen()?;
        let changed = self.lists.store.write(|tx| {
            let names: Vec<String> = streams::all(tx)?.into_iter().map(|(name, _, _)| name).collect();
            let index = names.iter().position(|name| *name == pack.stream).and_then(|at| u32::try_from(at).ok()).unwrap_or_default();
            packs::chunk_taken(tx, &pack.stream)?;
            match chunk {
                Chunk::Lines(lines) => lines.iter().try_for_each(|line| project::line(tx, &pack.stream, line)).map(|()| BTreeSet::new()),
                Chunk::Documents(snapshots) => Taking::new(tx, exchanges(tx)?, device, names).take_snapshots(index, pack.seq, snapshots, &mut pen),
            }
        })?;
        self.unpacking = Some(unpacking);
        self.put_down(&pen);
        Ok(Unpacked { more: true, complete: false, changed: changed.iter().map(ToString::to_string).collect() })
    }

    fn end_part(&mut self, pack: &UnderWay) -> Result<Unpacked> {
        let is_last = pack.part + 1 >= pack.parts.len();
        self.lists.store.write(|tx| if is_last { packs::complete(tx, pack) } else { packs::part_taken(tx, &pack.stream) })?;
        Ok(Unpacked { complete: is_last, ..Unpacked::default() })
    }
}

/// Opens a whole part behind the chunks that were taken; it must be the one that was offered.
fn begin(db: &Connection, pack: &UnderWay) -> Result<Unpacking> {
    let malformed = Error::Malformed("frame.malformed");
    let bytes = packs::bytes(db, &pack.stream)?;
    if pack.parts.get(pack.part).is_none_or(|part| Hash::of(&bytes) != part.hash) {
        return Err(malformed);
    }
    let mut chunks = Part::open(bytes, pack.part == 0)?;
    for _ in 0..pack.chunks {
        chunks.next()?.ok_or_else(|| malformed.clone())?;
    }
    Ok(Unpacking { stream: pack.stream.clone(), part: pack.part, chunks })
}

/// Keeps what an answer offers, and of which streams it says that a pack is to be asked for. Where rows came in the place of a pack
/// under way, that one is given up.
pub(super) fn offered(db: &Connection, asked: &[u32], answer: &Answer) -> Result<()> {
    let streams = streams::all(db)?;
    for index in asked.iter().map(|index| *index as usize) {
        if let Some(((stream, seq, _), cursor)) = streams.get(index).zip(answer.cursors.get(index))
            && cursor > seq
        {
            packs::abandon(db, stream)?;
        }
    }
    for offer in &answer.packs {
        if let Some((stream, ..)) = streams.get(offer.stream as usize) {
            packs::offered(db, stream, offer)?;
        }
    }
    let behind = answer.must_snapshot.iter().filter_map(|index| streams.get(*index as usize));
    packs::set_behind(db, behind.map(|(stream, ..)| stream))
}
