//! The server's key: 32 random bytes in one file, for tokens and certificates.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};

use super::{base64url, provider, sha256};
use crate::{
    entropy::{self, Entropy},
    fault::Fault,
};

/// The key's file in the data directory.
pub(crate) const FILE: &str = "server.key";

/// The server's Ed25519 key. Never shown, never logged.
pub struct Keys {
    key: SigningKey,
    kid: String,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.kid)
    }
}

impl Keys {
    /// Makes the keys of a seed.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        provider::install();
        let key = SigningKey::from_bytes(&seed);
        let digest = sha256(key.verifying_key().as_bytes());
        Self { kid: base64url(&digest[..9]), key }
    }

    /// Reads the key of a data directory, or makes it once.
    ///
    /// # Errors
    /// `key.file` where the file cannot be read or written, or is not 32 bytes long.
    pub fn open(dir: &Path, entropy: &dyn Entropy) -> Result<Self, Fault> {
        let file = dir.join(FILE);
        let failed = |_: io::Error| Fault::new("key.file", file.display().to_string());
        if !file.try_exists().map_err(failed)? {
            make(dir, &file, entropy).map_err(failed)?;
        }
        let seed = fs::read(&file).map_err(failed)?;
        let seed = seed.try_into().map_err(|_| Fault::new("key.file", file.display().to_string()))?;
        Ok(Self::from_seed(seed))
    }

    /// The public half.
    pub fn public(&self) -> VerifyingKey {
        self.key.verifying_key()
    }

    /// The name under which the public half is published.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// Signs bytes.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// The seed, for the token library alone.
    pub(super) fn seed(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }
}

/// Writes a new key beside its place and then links it there: nobody ever sees half a key, and of two
/// processes that start at once the second keeps the first one's.
fn make(dir: &Path, file: &Path, entropy: &dyn Entropy) -> io::Result<()> {
    let draft = dir.join(format!("{FILE}.{}", base64url(&entropy::bytes::<6>(entropy))));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut new = options.open(&draft)?;
    new.write_all(&entropy::bytes::<32>(entropy))?;
    new.sync_all()?;
    let linked = fs::hard_link(&draft, file);
    fs::remove_file(&draft)?;
    match linked {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(e),
        _ => File::open(dir)?.sync_all()?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counting;

    #[test]
    fn made_once_and_private() {
        let dir = tempfile::tempdir().unwrap();
        let first = Keys::open(dir.path(), &Counting::default()).unwrap();
        let again = Keys::open(dir.path(), &Counting::from(77)).unwrap();
        assert_eq!(first.public(), again.public());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "the draft was left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(dir.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert!(!format!("{first:?}").contains(&base64url(first.seed())));
    }

    #[test]
    fn a_damaged_key_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(FILE), [1; 31]).unwrap();
        assert_eq!(Keys::open(dir.path(), &Counting::default()).unwrap_err().code, "key.file");
        assert_eq!(fs::read(dir.path().join(FILE)).unwrap(), [1; 31]);
    }
}
