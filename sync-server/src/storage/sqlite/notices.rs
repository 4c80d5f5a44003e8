//! Notices from the documents.

use minqing_core::{
    Id,
    document::{Doc, notice},
};
use rusqlite::{OptionalExtension, Row};

use super::Sqlite;
use crate::storage::{NoticeKept, Notices, Result, StoreError};

impl Notices for Sqlite {
    fn notices(&self, community: &str) -> Result<Vec<NoticeKept>> {
        let sql = "SELECT d.id, d.bytes, s.name FROM document d JOIN stream s ON s.id = d.stream WHERE d.kind = 4 AND (?1 = '' OR s.name = 'commons:' || ?1)";
        self.read(|c| {
            let mut found = c.prepare_cached(sql)?;
            let rows: Vec<_> = found.query_map([community], row)?.collect::<Result<_, _>>()?;
            let read: Vec<_> = rows.into_iter().map(read).collect::<Result<_>>()?;
            let mut notices: Vec<_> = read.into_iter().flatten().collect();
            notices.sort_by(|a, b| (&b.notice.until, &b.notice.from, a.id).cmp(&(&a.notice.until, &a.notice.from, b.id)));
            Ok(notices)
        })
    }

    fn notice(&self, id: Id) -> Result<Option<NoticeKept>> {
        self.read(|c| {
            let mut found = c.prepare_cached("SELECT d.id, d.bytes, s.name FROM document d JOIN stream s ON s.id = d.stream WHERE d.id = ?1 AND d.kind = 4")?;
            let kept = found.query_row([id.0], row).optional()?.map(read).transpose()?;
            Ok(kept.flatten())
        })
    }
}

type Found = (Id, Vec<u8>, String);

fn row(r: &Row<'_>) -> rusqlite::Result<Found> {
    Ok((Id(r.get(0)?), r.get(1)?, r.get(2)?))
}

/// `None` for one that only a newer version can read.
fn read((id, bytes, stream): Found) -> Result<Option<NoticeKept>> {
    let doc = Doc::load(&bytes).map_err(|e| StoreError::Damaged(e.code().to_owned()))?;
    let community = stream.strip_prefix("commons:").unwrap_or_default().to_owned();
    Ok(notice::read(&doc.content()).map(|kept| NoticeKept { id, community, notice: kept.notice, withdrawn: kept.withdrawn }))
}
