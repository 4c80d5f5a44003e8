//! The keys' files: `server.key` holds the first key's 32 bytes, `server.keys` a line for each later one, its time
//! and its seed in base64url.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{Key, Ring};
use crate::{
    auth::base64url,
    entropy::{self, Entropy},
    fault::Fault,
    private,
};

pub(crate) const FIRST: &str = "server.key";
const LATER: &str = "server.keys";

/// How the file of later keys looks from outside: it grows with each rotation.
pub(super) type Stamp = Option<(u64, Option<SystemTime>)>;

pub(super) fn stamp(dir: &Path) -> Stamp {
    fs::metadata(dir.join(LATER)).ok().map(|m| (m.len(), m.modified().ok()))
}

/// Reads both files.
pub(super) fn read(dir: &Path) -> Result<Ring, Fault> {
    // Looked at first: a rotation meanwhile is then noticed the next time.
    let stamp = stamp(dir);
    let seed = fs::read(dir.join(FIRST)).ok().and_then(|b| b.try_into().ok()).ok_or_else(|| failed(&dir.join(FIRST)))?;
    let mut keys = vec![Key::from_seed(seed, 0)];
    for (made_ms, seed) in later(dir)? {
        if let Some(last) = keys.last_mut() {
            last.retired_ms = Some(made_ms);
        }
        keys.push(Key::from_seed(seed, made_ms));
    }
    Ok(Ring { keys: keys.into_iter().map(Arc::new).collect(), stamp })
}

fn later(dir: &Path) -> Result<Vec<(i64, [u8; 32])>, Fault> {
    let file = dir.join(LATER);
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(_) => return Err(failed(&file)),
    };
    let line = |line: &str| {
        let (made_ms, seed) = line.split_once(' ')?;
        Some((made_ms.parse().ok()?, URL_SAFE_NO_PAD.decode(seed).ok()?.try_into().ok()?))
    };
    text.lines().map(line).collect::<Option<_>>().ok_or_else(|| failed(&file))
}

/// Adds a key: the whole file is written anew beside its place and then put there, so that nobody ever sees half a line.
pub(super) fn add(dir: &Path, made_ms: i64, entropy: &dyn Entropy) -> Result<(), Fault> {
    let mut all = later(dir)?;
    all.push((made_ms, entropy::bytes(entropy)));
    let text: String = all.iter().map(|(made_ms, seed)| format!("{made_ms} {}\n", base64url(seed))).collect();
    let file = dir.join(LATER);
    let put = draft(dir, text.as_bytes(), entropy).and_then(|draft| fs::rename(draft, &file)).and_then(|()| File::open(dir)?.sync_all());
    put.map_err(|_| failed(&file))
}

/// Makes the first key where there is none. Of two processes that start at once the second keeps the first one's.
pub(super) fn make_first(dir: &Path, entropy: &dyn Entropy) -> Result<(), Fault> {
    let file = dir.join(FIRST);
    let made = (|| {
        if file.try_exists()? {
            return Ok(());
        }
        let draft = draft(dir, &entropy::bytes::<32>(entropy), entropy)?;
        let linked = fs::hard_link(&draft, &file);
        fs::remove_file(&draft)?;
        match linked {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(e),
            _ => File::open(dir)?.sync_all(),
        }
    })();
    made.map_err(|_| failed(&file))
}

/// Held while keys are added: of two rotations at once the second begins after the first.
pub(super) fn lock(dir: &Path) -> Result<File, Fault> {
    let file = dir.join(FIRST);
    let locked = File::open(&file).and_then(|f| f.lock().map(|()| f));
    locked.map_err(|_| failed(&file))
}

fn draft(dir: &Path, bytes: &[u8], entropy: &dyn Entropy) -> io::Result<PathBuf> {
    let draft = dir.join(format!("{FIRST}.{}", base64url(&entropy::bytes::<6>(entropy))));
    let mut new = private::new_file(&draft)?;
    new.write_all(bytes)?;
    new.sync_all()?;
    Ok(draft)
}

fn failed(file: &Path) -> Fault {
    Fault::new("key.file", file.display().to_string())
}
