//! Passwords: argon2id, a few at a time, and the same time for a name that does not exist.

use std::{fmt, sync::Arc};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use minqing_core::ids::{crockford, normal_code, shown};
use tokio::sync::Semaphore;

use crate::{
    entropy::{self, Entropy},
    fault::Fault,
};

/// Memory of one hashing, in KiB: 19 MiB.
const MEMORY: u32 = 19 * 1024;
const ROUNDS: u32 = 2;
/// Hashings at once: more would let a crowd at the sign-in page fill the memory.
const AT_ONCE: usize = 2;
/// Letters of a password the server makes: 80 bits.
const LETTERS: usize = 16;
/// Longest password that is looked at, in bytes.
const MAX_TYPED: usize = 256;
/// Shortest password that somebody may choose, in characters.
pub const MIN_NEW: usize = 12;
/// Checked where the name is unknown, so that the answer takes as long. Nobody's password.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bWlucWluZy9kZWNveS8xMQ$Yk0cV7Sx3mWcJm0r2k1m2lq9v0Q5yq1b8J0m3Zt6n0A";

/// A password that was just made; shown once.
pub struct Password(pub String);

impl Password {
    /// Makes a random one.
    pub fn random(entropy: &dyn Entropy) -> Self {
        Self(crockford(&entropy::bytes::<LETTERS>(entropy)))
    }
}

impl fmt::Display for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&self.0))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Hashes a password.
///
/// # Errors
/// `password.failed` where the library refuses.
pub fn hash(entropy: &dyn Entropy, password: &str) -> Result<String, Fault> {
    let salt: [u8; 16] = entropy::bytes(entropy);
    let failed = || Fault::new("password.failed", "");
    let params = Params::new(MEMORY, ROUNDS, 1, None).map_err(|_| failed())?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = argon.hash_password_with_salt(normal(password).as_bytes(), &salt).map_err(|_| failed())?;
    Ok(hash.to_string())
}

/// Whether a password is right. Without a hash the work is done all the same and the answer is no.
pub fn matches(phc: Option<&str>, password: &str) -> bool {
    let typed = if password.len() > MAX_TYPED { String::new() } else { normal(password) };
    let right = PasswordHash::new(phc.unwrap_or(DECOY)).is_ok_and(|hash| Argon2::default().verify_password(typed.as_bytes(), &hash).is_ok());
    right && phc.is_some()
}

/// A password the server made may be typed in small letters, with or without its dash.
fn normal(typed: &str) -> String {
    normal_code(typed).filter(|code| code.len() == LETTERS).unwrap_or_else(|| typed.to_owned())
}

/// Why a new password is not taken, as a code; `None` if it is.
pub fn new_refused(new: &str, again: &str) -> Option<&'static str> {
    match () {
        () if new != again => Some("new_password.differs"),
        () if new.chars().count() < MIN_NEW || new.len() > MAX_TYPED => Some("new_password.length"),
        () => None,
    }
}

/// Lets a few hashings run at once and the others wait.
#[derive(Clone)]
pub struct Gate(Arc<Semaphore>);

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Gate {
    /// [`matches()`] on a worker thread, when its turn comes.
    pub async fn matches(&self, phc: Option<String>, password: String) -> bool {
        let Ok(turn) = self.0.clone().acquire_owned().await else { return false };
        let job = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            matches(phc.as_deref(), &password)
        });
        job.await.unwrap_or(false)
    }

    /// [`hash()`] on a worker thread, when its turn comes.
    ///
    /// # Errors
    /// `password.failed`.
    pub async fn hash(&self, entropy: Arc<dyn Entropy>, password: String) -> Result<String, Fault> {
        let failed = || Fault::new("password.failed", "");
        let turn = self.0.clone().acquire_owned().await.map_err(|_| failed())?;
        let job = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            hash(entropy.as_ref(), &password)
        });
        job.await.map_err(|_| failed())?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counting;

    #[test]
    fn right_wrong_and_nobody() {
        let password = Password::random(&Counting::default());
        assert_eq!(password.0.len(), 16);
        let phc = hash(&Counting::default(), &password.0).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches(Some(&phc), &password.0));
        assert!(matches(Some(&phc), &password.to_string().to_lowercase()));
        assert!(!matches(Some(&phc), "0000000000000000"));
        assert!(!matches(Some(&phc), &"x".repeat(10_000)));
        assert!(!matches(None, &password.0));
        assert_eq!(format!("{password:?}"), "Password(…)");
    }

    #[test]
    fn the_decoy_costs_what_a_real_hash_costs() {
        let decoy = PasswordHash::new(DECOY).unwrap();
        let real = hash(&Counting::default(), "x").unwrap();
        let real = PasswordHash::new(&real).unwrap();
        assert_eq!(Params::try_from(&decoy).unwrap(), Params::try_from(&real).unwrap());
        assert_eq!(decoy.hash.as_ref().map(|h| h.len()), real.hash.as_ref().map(|h| h.len()));
    }
}
