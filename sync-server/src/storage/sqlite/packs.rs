//! Packs in SQLite: which there are; their bytes lie beside.

use minqing_core::{
    envelope::{Hash, read_back, stored},
    pack::Part,
};
use rusqlite::params;

use super::Sqlite;
use crate::storage::{Pack, Packs, Result};

impl Packs for Sqlite {
    fn packs(&self, stream: &str) -> Result<Vec<Pack>> {
        self.read(|c| {
            let mut query = c.prepare_cached(
                "SELECT p.stream, p.seq, p.sum, p.bytes, p.hash FROM pack p JOIN stream s ON s.id = p.stream WHERE s.name = ?1 ORDER BY p.seq DESC, p.part",
            )?;
            let rows = query.query_map([stream], |row| {
                let part = Part { bytes: row.get::<_, i64>(3)? as u64, hash: Hash(row.get(4)?) };
                Ok((row.get(0)?, row.get::<_, i64>(1)? as u64, read_back(row.get(2)?), part))
            })?;
            let mut packs: Vec<Pack> = Vec::new();
            for row in rows {
                let (stream, seq, sum, part) = row?;
                match packs.last_mut().filter(|pack| pack.seq == seq) {
                    Some(pack) => pack.parts.push(part),
                    None => packs.push(Pack { stream, seq, sum, parts: vec![part] }),
                }
            }
            Ok(packs)
        })
    }

    fn add_pack(&self, pack: &Pack) -> Result<()> {
        self.write(|tx| {
            tx.execute("DELETE FROM pack WHERE stream = ?1 AND seq = ?2", params![pack.stream, pack.seq as i64])?;
            let mut add = tx.prepare("INSERT INTO pack(stream, seq, sum, part, bytes, hash) VALUES(?1, ?2, ?3, ?4, ?5, ?6)")?;
            for (part, index) in pack.parts.iter().zip(0i64..) {
                add.execute(params![pack.stream, pack.seq as i64, stored(pack.sum), index, part.bytes as i64, part.hash.0])?;
            }
            Ok(())
        })
    }

    fn drop_pack(&self, pack: &Pack) -> Result<()> {
        self.write(|tx| Ok(tx.execute("DELETE FROM pack WHERE stream = ?1 AND seq = ?2", params![pack.stream, pack.seq as i64]).map(drop)?))
    }
}
