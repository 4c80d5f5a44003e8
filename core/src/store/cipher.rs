//! The key of the phone's file. With the feature `sqlcipher` every page of it is encrypted (SQLCipher, AES-256), and the key is given before any other
//! statement; without it the file is plain. A file beside it tells a wrong key from damage, so that no sound file is ever set aside for want of its key.

use std::path::Path;

use rusqlite::Connection;

#[cfg(feature = "sqlcipher")]
use super::files::write_private;
use crate::{Error, Result, envelope::FileKey};

/// The file that knows the key again. It says nothing about it.
const FILE: &str = "minqing.key";
/// The file is encrypted by another key than this one.
const WRONG: Error = Error::State("store.locked");

/// Looks before anything is opened: a wrong key must not look like a damaged file.
#[cfg(feature = "sqlcipher")]
pub(super) fn look(directory: &Path, key: &FileKey) -> Result<()> {
    let failed = |e: std::io::Error| Error::Store(format!("key: {}", e.kind()));
    let database = directory.join(super::FILE);
    if std::fs::read(directory.join(FILE)).is_ok_and(|known| known != key.check()) {
        return Err(WRONG);
    }
    if first_bytes(&database) == Some(*b"SQLite format 3\0") {
        return Err(Error::State("store.plain"));
    }
    // Known before there is anything to open.
    if database.exists() || is_known(directory) { Ok(()) } else { write_private(&directory.join(FILE), &key.check()).map_err(failed) }
}

#[cfg(feature = "sqlcipher")]
fn is_known(directory: &Path) -> bool {
    directory.join(FILE).exists()
}

#[cfg(feature = "sqlcipher")]
fn first_bytes(file: &Path) -> Option<[u8; 16]> {
    use std::io::Read;
    let mut bytes = [0; 16];
    std::fs::File::open(file).ok()?.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

/// Gives a new connection the key, before any other statement.
#[cfg(feature = "sqlcipher")]
pub(super) fn unlock(db: &Connection, directory: &Path, key: &FileKey) -> Result<()> {
    // The bytes themselves, not a password from which others would be derived.
    db.execute_batch(&format!("PRAGMA key = \"x'{}'\"", key.hex()))?;
    match db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)) {
        Ok(_) => Ok(()),
        // Where the key is known to be right, it is damage.
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) && !is_known(directory) => Err(WRONG),
        Err(e) => Err(e.into()),
    }
}

/// Without encryption one that is encrypted cannot be opened, and must not pass for a damaged one.
#[cfg(not(feature = "sqlcipher"))]
pub(super) fn look(directory: &Path, _: &FileKey) -> Result<()> {
    if directory.join(FILE).exists() { Err(WRONG) } else { Ok(()) }
}

/// A plain file needs no key.
#[cfg(not(feature = "sqlcipher"))]
pub(super) fn unlock(_: &Connection, _: &Path, _: &FileKey) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{envelope::DeviceKeys, store::Store};

    fn key(n: u8) -> FileKey {
        DeviceKeys::derive(&[n; 32]).unwrap().file_key()
    }

    fn directory(name: &str) -> std::path::PathBuf {
        let dir = std::env::temp_dir().join(format!("minqing-cipher-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        dir
    }

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(dir).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[cfg(not(feature = "sqlcipher"))]
    #[test]
    fn an_encrypted_file_is_left_alone_by_an_app_that_cannot_read_it() {
        let dir = directory("foreign");
        std::fs::write(dir.join(FILE), [1; 32]).unwrap();
        std::fs::write(dir.join("minqing.db"), vec![0x5a; 8_192]).unwrap();
        assert_eq!(Store::open(&dir, key(1), 0).err().unwrap().code(), "store.locked");
        assert_eq!(std::fs::read(dir.join("minqing.db")).unwrap(), vec![0x5a; 8_192]);
        assert_eq!(names(&dir), ["minqing.db", "minqing.key"]);
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[cfg(feature = "sqlcipher")]
    #[test]
    fn nothing_in_the_file_can_be_read_without_its_key_and_a_wrong_one_sets_nothing_aside() {
        let dir = directory("own");
        let put = |store: &mut Store, text: &str| store.write(|tx| crate::store::meta::set(tx, "word", Some(text.as_bytes()))).unwrap();
        let mut store = Store::open(&dir, key(1), 0).unwrap();
        put(&mut store, "王秀兰住在张掖巷");
        // A second connection that only reads.
        let beside = store.beside().open().unwrap();
        assert_eq!(crate::store::meta::get(beside.read(), "word").unwrap().unwrap(), "王秀兰住在张掖巷".as_bytes());
        for name in names(&dir) {
            let bytes = std::fs::read(dir.join(&name)).unwrap();
            assert!(!bytes.windows(9).any(|part| part == "王秀兰".as_bytes() || part == b"SQLite fo"), "{name}");
        }
        drop((store, beside));
        let before = std::fs::read(dir.join("minqing.db")).unwrap();
        let files = names(&dir);
        assert_eq!(Store::open(&dir, key(2), 5).err().unwrap().code(), "store.locked");
        assert_eq!((std::fs::read(dir.join("minqing.db")).unwrap(), names(&dir)), (before, files), "it is as it was");
        // Also where nobody knows the key any more.
        std::fs::remove_file(dir.join(FILE)).unwrap();
        assert_eq!(Store::open(&dir, key(2), 5).err().unwrap().code(), "store.locked");
        let store = Store::open(&dir, key(1), 0).unwrap();
        assert_eq!(crate::store::meta::get(store.read(), "word").unwrap().unwrap(), "王秀兰住在张掖巷".as_bytes());
        drop(store);
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[cfg(feature = "sqlcipher")]
    #[test]
    fn a_damaged_file_whose_key_is_right_is_set_aside_and_a_new_one_is_encrypted_too() {
        let dir = directory("damaged");
        drop(Store::open(&dir, key(1), 0).unwrap());
        let mut bytes = std::fs::read(dir.join("minqing.db")).unwrap();
        bytes[100..2_000].fill(7);
        std::fs::write(dir.join("minqing.db"), &bytes).unwrap();
        drop(Store::open(&dir, key(1), 5).unwrap());
        assert_eq!(std::fs::read(dir.join("minqing-damaged-5.db")).unwrap(), bytes);
        assert_ne!(first_bytes(&dir.join("minqing.db")), Some(*b"SQLite format 3\0"));
        drop(Store::open(&dir, key(1), 6).unwrap());
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[cfg(feature = "sqlcipher")]
    #[test]
    fn a_plain_file_is_told_and_left_alone() {
        let dir = directory("plain");
        let db = Connection::open(dir.join("minqing.db")).unwrap();
        db.execute_batch("CREATE TABLE t (id INTEGER)").unwrap();
        drop(db);
        let before = std::fs::read(dir.join("minqing.db")).unwrap();
        assert_eq!(Store::open(&dir, key(1), 0).err().unwrap().code(), "store.plain");
        assert_eq!(std::fs::read(dir.join("minqing.db")).unwrap(), before);
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
