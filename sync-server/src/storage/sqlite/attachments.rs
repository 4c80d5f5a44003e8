//! Photos and voice in SQLite. Their bytes lie elsewhere.

use minqing_core::{Id, clock::DAY_MS, envelope::Hash, ids::Device, model::Media};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{Sqlite, covers};
use crate::{
    projection::{AttachmentShown, CoverShown},
    storage::{Attachments, Begun, FileSeen, Quota, Result, Stored, Upload},
};

/// What an upload counts at least: rows cost something too.
const LEAST: u64 = 4 << 10;
const UPLOAD: &str = "SELECT id, device, sha256, media, length, created_ms, done FROM upload";

impl Attachments for Sqlite {
    fn files_of(&self, record: Id) -> Result<Vec<FileSeen>> {
        self.read(|c| of_record(c, &record.0))
    }

    fn begin_upload(&self, new: &Upload, quota: Quota, known: bool) -> Result<Begun> {
        self.write(|tx| begin(tx, new, quota, known))
    }

    fn upload(&self, id: Id) -> Result<Option<Upload>> {
        self.read(|c| Ok(c.prepare_cached(&format!("{UPLOAD} WHERE id = ?1"))?.query_row([id.0], upload).optional()?))
    }

    fn half_uploads(&self) -> Result<Vec<Upload>> {
        self.read(|c| {
            let mut query = c.prepare(&format!("{UPLOAD} WHERE done = 0 ORDER BY created_ms, id"))?;
            Ok(query.query_map([], upload)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn keep_attachment(&self, u: &Upload, now_ms: i64) -> Result<()> {
        self.write(|tx| {
            let put = "INSERT INTO attachment(sha256, media, bytes, stored_ms) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(sha256) DO NOTHING";
            tx.execute(put, params![u.sha256.0, u.media.word(), stored(u.length), now_ms])?;
            tx.execute("INSERT OR IGNORE INTO attachment_sender(sha256, device) VALUES(?1, ?2)", params![u.sha256.0, u.device.0])?;
            tx.execute("UPDATE upload SET done = 1 WHERE id = ?1", [u.id.0])?;
            Ok(())
        })
    }

    fn drop_upload(&self, id: Id) -> Result<()> {
        self.write(|tx| Ok(tx.execute("DELETE FROM upload WHERE id = ?1", [id.0]).map(drop)?))
    }

    fn drop_uploads_before(&self, ms: i64, except: &[Id]) -> Result<Vec<Id>> {
        self.write(|tx| {
            let mut query = tx.prepare("SELECT id FROM upload WHERE created_ms < ?1")?;
            let mut old: Vec<Id> = query.query_map([ms], |r| r.get(0).map(Id))?.collect::<rusqlite::Result<_>>()?;
            old.retain(|id| !except.contains(id));
            for id in &old {
                tx.execute("DELETE FROM upload WHERE id = ?1", [id.0])?;
            }
            tx.execute("DELETE FROM upload_day WHERE day < ?1", [ms.div_euclid(DAY_MS)])?;
            Ok(old)
        })
    }

    fn attachment(&self, sha256: Hash) -> Result<Option<Stored>> {
        self.read(|c| {
            let sql = "SELECT media, bytes FROM attachment WHERE sha256 = ?1";
            Ok(c.prepare_cached(sql)?.query_row([sha256.0], |r| Ok(Stored { media: media(r, 0)?, bytes: r.get::<_, i64>(1)?.unsigned_abs() })).optional()?)
        })
    }

    fn attachment_sent_by(&self, sha256: Hash, device: Device) -> Result<bool> {
        let sql = "SELECT 1 FROM attachment_sender WHERE sha256 = ?1 AND device = ?2";
        self.read(|c| Ok(c.prepare_cached(sql)?.exists(params![sha256.0, device.0])?))
    }

    fn expect_copy(&self, copy: Hash, bytes: u32, now_ms: i64) -> Result<()> {
        self.write(|tx| covers::expect(tx, copy, bytes, now_ms))
    }

    fn covers(&self, matter: Id) -> Result<Vec<CoverShown>> {
        self.read(|c| covers::of(c, matter))
    }

    fn attachment_homes(&self, sha256: Hash) -> Result<Vec<String>> {
        let sql = "SELECT s.name FROM attachment_ref r JOIN document d ON d.id = r.doc JOIN stream s ON s.id = d.stream WHERE r.sha256 = ?1
                   UNION SELECT s.name FROM attachment_ref r JOIN share h ON h.doc = r.doc JOIN stream s ON s.id = h.stream WHERE r.sha256 = ?1
                   UNION SELECT s.name FROM cover v JOIN document d ON d.id = v.doc JOIN stream s ON s.id = d.stream WHERE v.sha256 = ?1";
        self.read(|c| Ok(c.prepare_cached(sql)?.query_map([sha256.0], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?))
    }
}

fn begin(tx: &Transaction<'_>, new: &Upload, quota: Quota, known: bool) -> Result<Begun> {
    let same = format!("{UPLOAD} WHERE device = ?1 AND sha256 = ?2 AND length = ?3 AND media = ?4 AND done = ?5");
    let going_on = tx.prepare_cached(&same)?.query_row(params![new.device.0, new.sha256.0, stored(new.length), new.media.word(), known], upload).optional()?;
    if let Some(going_on) = going_on {
        return Ok(Begun::Upload(going_on));
    }
    let day = new.created_ms.div_euclid(DAY_MS);
    if !known {
        let cost = new.length.max(LEAST);
        let half = sum(tx, "SELECT coalesce(sum(max(length, 4096)), 0) FROM upload WHERE device = ?1 AND done = 0", new.device, None)?;
        if half.saturating_add(cost) > quota.half_bytes {
            return Ok(Begun::HalfFull);
        }
        let today = sum(tx, "SELECT coalesce(sum(bytes), 0) FROM upload_day WHERE device = ?1 AND day = ?2", new.device, Some(day))?;
        if today.saturating_add(cost) > quota.day_bytes {
            return Ok(Begun::DayFull);
        }
        let count = "INSERT INTO upload_day(device, day, bytes) VALUES(?1, ?2, ?3) ON CONFLICT(device, day) DO UPDATE SET bytes = bytes + ?3";
        tx.execute(count, params![new.device.0, day, stored(cost)])?;
    }
    tx.execute(
        "INSERT INTO upload(id, device, sha256, media, length, created_ms, done) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![new.id.0, new.device.0, new.sha256.0, new.media.word(), stored(new.length), new.created_ms, known],
    )?;
    Ok(Begun::Upload(Upload { done: known, ..*new }))
}

fn sum(tx: &Transaction<'_>, sql: &str, device: Device, day: Option<i64>) -> Result<u64> {
    let n: i64 = match day {
        Some(day) => tx.prepare_cached(sql)?.query_row(params![device.0, day], |r| r.get(0))?,
        None => tx.prepare_cached(sql)?.query_row([device.0], |r| r.get(0))?,
    };
    Ok(n.unsigned_abs())
}

fn stored(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn upload(r: &Row<'_>) -> rusqlite::Result<Upload> {
    Ok(Upload {
        id: Id(r.get(0)?),
        device: Device(r.get(1)?),
        sha256: Hash(r.get(2)?),
        media: media(r, 3)?,
        length: r.get::<_, i64>(4)?.unsigned_abs(),
        created_ms: r.get(5)?,
        done: r.get(6)?,
    })
}

fn media(r: &Row<'_>, column: usize) -> rusqlite::Result<Media> {
    let word: String = r.get(column)?;
    Media::from_word(&word).ok_or_else(|| rusqlite::Error::InvalidColumnType(column, "media".into(), rusqlite::types::Type::Text))
}

/// The files a record names, for the office's page; a table has room for some.
pub(super) fn of_record(c: &Connection, record: &[u8]) -> Result<Vec<FileSeen>> {
    let sql = "SELECT r.sha256, r.media, a.sha256 IS NOT NULL FROM attachment_ref r LEFT JOIN attachment a ON a.sha256 = r.sha256 WHERE r.record = ?1 ORDER BY r.id LIMIT 20";
    let mut query = c.prepare_cached(sql)?;
    let read = |r: &Row<'_>| {
        let picture = Media::from_word(&r.get::<_, String>(1)?).is_some_and(Media::is_picture);
        Ok(FileSeen { sha256: Hash(r.get(0)?).to_string(), picture, at_office: r.get(2)? })
    };
    Ok(query.query_map([record], read)?.collect::<rusqlite::Result<_>>()?)
}

/// Shows the files a document names.
pub(super) fn show(c: &Connection, doc: Id, files: &[AttachmentShown]) -> Result<()> {
    c.prepare_cached("DELETE FROM attachment_ref WHERE doc = ?1")?.execute([doc.0])?;
    for f in files {
        c.prepare_cached("INSERT OR IGNORE INTO attachment_ref(doc, id, record, sha256, media, bytes) VALUES(?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![f.doc, f.id, f.record, f.sha256, f.media, f.bytes])?;
    }
    Ok(())
}

/// All files that documents name.
pub(super) fn all(c: &Connection) -> Result<Vec<AttachmentShown>> {
    let mut query = c.prepare("SELECT doc, id, record, sha256, media, bytes FROM attachment_ref ORDER BY doc, id")?;
    let read = |r: &Row<'_>| Ok(AttachmentShown { doc: r.get(0)?, id: r.get(1)?, record: r.get(2)?, sha256: r.get(3)?, media: r.get(4)?, bytes: r.get(5)? });
    Ok(query.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
}
