//! The server's keys, for tokens, challenges and certificates: the first one in a file of its own, later ones
//! in a second file that grows with each rotation. The newest signs.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minqing_core::envelope::SealKey;

use super::{base64url, provider, sha256};
use crate::{clock::Clock, entropy::Entropy, fault::Fault};

mod files;
mod rotate;

pub(crate) use files::FIRST as FILE;

/// One Ed25519 key. Never shown, never logged.
pub struct Key {
    key: SigningKey,
    kid: String,
    /// When it came into use.
    made_ms: i64,
    /// When the next one did.
    retired_ms: Option<i64>,
}

impl Key {
    fn from_seed(seed: [u8; 32], made_ms: i64) -> Self {
        let key = SigningKey::from_bytes(&seed);
        let digest = sha256(key.verifying_key().as_bytes());
        Self { kid: base64url(&digest[..9]), key, made_ms, retired_ms: None }
    }

    /// The public half.
    pub fn public(&self) -> VerifyingKey {
        self.key.verifying_key()
    }

    /// The name under which the public half is published.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// When it came into use, milliseconds since 1970; 0 for the first.
    pub fn made_ms(&self) -> i64 {
        self.made_ms
    }

    /// When its successor came into use.
    pub fn retired_ms(&self) -> Option<i64> {
        self.retired_ms
    }

    /// Signs bytes.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// Whether what it signed may still be in use, if that lives for `life_ms`.
    pub fn is_honoured(&self, now_ms: i64, life_ms: i64) -> bool {
        self.retired_ms.is_none_or(|at| now_ms < at.saturating_add(life_ms))
    }

    /// The key that opens bundles sealed for the office while this key was the newest.
    ///
    /// # Errors
    /// `key.malformed`; cannot happen.
    pub fn seal_key(&self) -> Result<SealKey, Fault> {
        Ok(SealKey::derive(self.key.as_bytes(), b"minqing/office-seal/1")?)
    }

    /// The seed, for the token library alone.
    pub(super) fn seed(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.kid)
    }
}

/// What was read, and how the file of later keys looked then.
struct Ring {
    /// Oldest first; never empty.
    keys: Vec<Arc<Key>>,
    stamp: files::Stamp,
}

/// All keys of a server.
pub struct Keys {
    /// `None` for keys that lie in no directory.
    dir: Option<PathBuf>,
    ring: RwLock<Ring>,
}

impl Keys {
    /// Makes the one key of a seed.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        provider::install();
        let ring = Ring { keys: vec![Arc::new(Key::from_seed(seed, 0))], stamp: files::Stamp::default() };
        Self { dir: None, ring: RwLock::new(ring) }
    }

    /// Reads the keys of a data directory, or makes the first one once.
    ///
    /// # Errors
    /// `key.file` where a file cannot be read or written, or is damaged.
    pub fn open(dir: &Path, entropy: &dyn Entropy) -> Result<Self, Fault> {
        provider::install();
        files::make_first(dir, entropy)?;
        Ok(Self { dir: Some(dir.to_owned()), ring: RwLock::new(files::read(dir)?) })
    }

    /// The key that signs. A rotation by another process is noticed here.
    pub fn newest(&self) -> Arc<Key> {
        self.look_again();
        self.with(|keys| keys.last().cloned()).unwrap_or_else(|| Arc::new(Key::from_seed([0; 32], 0)))
    }

    /// The first key: what must never change is derived from it.
    pub fn first(&self) -> Arc<Key> {
        self.with(|keys| keys.first().cloned()).unwrap_or_else(|| Arc::new(Key::from_seed([0; 32], 0)))
    }

    /// All keys, oldest first.
    pub fn all(&self) -> Vec<Arc<Key>> {
        self.look_again();
        self.with(<[_]>::to_vec)
    }

    /// The keys that open bundles, the newest first: whoever sealed one may not have heard of the newest.
    ///
    /// # Errors
    /// `key.malformed`; cannot happen.
    pub fn seal_keys(&self) -> Result<Vec<SealKey>, Fault> {
        self.all().iter().rev().map(|key| key.seal_key()).collect()
    }

    /// The key of a name, if what it signed may still be in use.
    pub fn named(&self, kid: &str, now_ms: i64, life_ms: i64) -> Option<Arc<Key>> {
        let find = || self.with(|keys| keys.iter().find(|k| k.kid == kid).cloned());
        let found = find().or_else(|| {
            self.look_again();
            find()
        });
        found.filter(|k| k.is_honoured(now_ms, life_ms))
    }

    /// Whether one of the keys signed a message. `life_ms`: how long what is signed so lives; `None` is for ever.
    pub fn signed(&self, message: &[u8], signature: &Signature, clock: &dyn Clock, life_ms: Option<i64>) -> bool {
        let good = |k: &Arc<Key>| life_ms.is_none_or(|life| k.is_honoured(clock.now_ms(), life)) && k.public().verify_strict(message, signature).is_ok();
        self.all().iter().any(good)
    }

    /// Makes a new key that signs from now on; running servers notice.
    ///
    /// # Errors
    /// `key.file`.
    pub fn rotate(&self, clock: &dyn Clock, entropy: &dyn Entropy) -> Result<Arc<Key>, Fault> {
        let Some(dir) = &self.dir else { return Err(Fault::new("key.file", "")) };
        rotate::rotate(dir, clock.now_ms(), entropy)?;
        Ok(self.newest())
    }

    fn with<T>(&self, look: impl FnOnce(&[Arc<Key>]) -> T) -> T {
        look(&self.ring.read().unwrap_or_else(PoisonError::into_inner).keys)
    }

    /// Reads the files again if they have changed. Where they cannot be read, what is known stays.
    fn look_again(&self) {
        let Some(dir) = &self.dir else { return };
        let known = self.ring.read().unwrap_or_else(PoisonError::into_inner).stamp;
        if files::stamp(dir) == known {
            return;
        }
        match files::read(dir) {
            Ok(ring) => {
                tracing::info!(keys = ring.keys.len(), "keys read anew");
                *self.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
            }
            Err(e) => tracing::error!(code = e.code, "the keys cannot be read anew"),
        }
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with(|keys| f.debug_list().entries(keys).finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counting, Hands};

    #[test]
    fn made_once_and_private() {
        let dir = tempfile::tempdir().unwrap();
        let first = Keys::open(dir.path(), &Counting::default()).unwrap();
        let again = Keys::open(dir.path(), &Counting::from(77)).unwrap();
        assert_eq!(first.newest().public(), again.newest().public());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "the draft was left");
        let again = again.rotate(&Hands::default(), &Counting::from(5)).unwrap();
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2, "the draft was left");
        for entry in std::fs::read_dir(dir.path()).unwrap() {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(entry.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(!format!("{first:?}{again:?}").contains(&base64url(first.newest().seed())));
    }

    #[test]
    fn a_damaged_key_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("server.key"), [1; 31]).unwrap();
        assert_eq!(Keys::open(dir.path(), &Counting::default()).unwrap_err().code, "key.file");
        assert_eq!(std::fs::read(dir.path().join("server.key")).unwrap(), [1; 31]);
    }

    #[test]
    fn a_rotation_is_noticed_and_the_old_key_is_honoured_for_a_while() {
        let dir = tempfile::tempdir().unwrap();
        let hands = Hands::default();
        let running = Keys::open(dir.path(), &Counting::default()).unwrap();
        let old = running.newest();
        let signature = Signature::from_bytes(&old.sign(b"what"));
        let new = Keys::open(dir.path(), &Counting::default()).unwrap().rotate(&hands, &Counting::from(9)).unwrap();
        assert_ne!(old.kid(), new.kid());
        assert_eq!(running.newest().kid(), new.kid(), "without a restart");
        assert_eq!(running.first().kid(), old.kid());
        let third = running.rotate(&hands, &Counting::from(10)).unwrap();
        assert_eq!(running.all().iter().map(|k| k.kid()).collect::<Vec<_>>(), [old.kid(), new.kid(), third.kid()]);

        let (now, life) = (hands.now_ms(), 1_000);
        assert!(running.named(old.kid(), now + life - 1, life).is_some());
        assert!(running.named(old.kid(), now + life, life).is_none());
        assert!(running.named(third.kid(), now + 99 * life, life).is_some());
        assert!(running.signed(b"what", &signature, &hands, Some(life)) && !running.signed(b"other", &signature, &hands, None));
        hands.turn(life);
        assert!(!running.signed(b"what", &signature, &hands, Some(life)), "an old key signs nothing new");
        assert!(running.signed(b"what", &signature, &hands, None), "certificates stay good");
    }

    #[test]
    fn a_file_that_is_damaged_meanwhile_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys::open(dir.path(), &Counting::default()).unwrap();
        let new = keys.rotate(&Hands::default(), &Counting::from(9)).unwrap();
        std::fs::write(dir.path().join("server.keys"), "nonsense").unwrap();
        assert_eq!(keys.newest().kid(), new.kid());
        assert_eq!(keys.rotate(&Hands::default(), &Counting::from(3)).unwrap_err().code, "key.file");
        assert_eq!(Keys::open(dir.path(), &Counting::default()).unwrap_err().code, "key.file");
    }
}
