//! A stock of slips: fresh codes and PINs, of which the server keeps the hashes.

use std::{collections::BTreeSet, fmt, num::NonZero, thread};

use minqing_core::ids::crockford;

use crate::{
    app::App,
    auth::password,
    entropy::{self, Entropy},
    fault::Fault,
    storage::NewSlip,
};

/// Most slips of one stock.
pub const MAX_COUNT: u16 = 1_000;
/// Letters of a code.
const LETTERS: usize = 8;
/// Hashings at once: each takes 19 MiB.
const AT_ONCE: usize = 8;

/// A slip that was just made: the only moment at which its PIN is known.
#[derive(Clone, PartialEq, Eq)]
pub struct Made {
    /// Without the dash.
    pub code: String,
    /// Six digits.
    pub pin: String,
}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Made({}, …)", self.code)
    }
}

/// Makes one, for somebody who is given it at once.
///
/// # Errors
/// As [`make`].
pub fn make_one(app: &App, community: &str) -> Result<Made, Fault> {
    make(app, community, 1)?.pop().ok_or_else(|| Fault::new("slip.count", "1"))
}

/// Makes slips for a community and keeps them: all or none.
///
/// # Errors
/// `slip.count`, `slip.taken`, `password.failed`, `store.failed`.
pub fn make(app: &App, community: &str, count: u16) -> Result<Vec<Made>, Fault> {
    if !(1..=MAX_COUNT).contains(&count) {
        return Err(Fault::new("slip.count", MAX_COUNT.to_string()));
    }
    let mut codes = BTreeSet::new();
    let mut made = Vec::with_capacity(usize::from(count));
    while made.len() < usize::from(count) {
        let code = crockford(&entropy::bytes::<LETTERS>(&*app.entropy));
        if codes.insert(code.clone()) {
            made.push(Made { code, pin: pin(&*app.entropy) });
        }
    }
    let made_ms = app.clock.now_ms();
    let keep = |(slip, phc): (&Made, String)| NewSlip { code: slip.code.clone(), community: community.to_owned(), phc, made_ms };
    let kept: Vec<_> = made.iter().zip(hashes(&*app.entropy, &made)?).map(keep).collect();
    app.store.add_slips(&kept)?;
    tracing::info!(community, count, "slips were made");
    Ok(made)
}

/// Each PIN's hash, in order, on as many threads as there are cores.
fn hashes(entropy: &dyn Entropy, made: &[Made]) -> Result<Vec<String>, Fault> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(AT_ONCE);
    let part = made.len().div_ceil(threads);
    let hash = |part: &[Made]| part.iter().map(|slip| password::hash(entropy, &slip.pin)).collect::<Result<Vec<_>, _>>();
    thread::scope(|scope| {
        let running: Vec<_> = made.chunks(part).map(|part| scope.spawn(move || hash(part))).collect();
        let parts: Result<Vec<_>, _> = running.into_iter().map(|one| one.join().unwrap_or_else(|_| Err(Fault::new("password.failed", "")))).collect();
        Ok(parts?.concat())
    })
}

/// Six digits, each as likely as any: numbers beyond the last whole million are drawn again.
fn pin(entropy: &dyn Entropy) -> String {
    const MILLION: u32 = 1_000_000;
    loop {
        let drawn = u32::from_be_bytes(entropy::bytes(entropy));
        if drawn < u32::MAX / MILLION * MILLION {
            return format!("{:06}", drawn % MILLION);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::testing::{COMMUNITY, World};

    #[test]
    fn each_slip_has_its_own_code_and_pin_and_only_the_hash_is_kept() {
        let world = World::open();
        let made = make(&world.app, COMMUNITY, 5).unwrap();
        let codes: BTreeSet<_> = made.iter().map(|slip| slip.code.clone()).collect();
        assert_eq!((codes.len(), codes.iter().all(|code| code.len() == 8)), (5, true));
        for slip in &made {
            let kept = world.store().slip(&slip.code).unwrap().unwrap();
            assert!(kept.phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && !kept.phc.contains(&slip.pin));
            assert!(password::matches(Some(&kept.phc), &slip.pin), "the hash beside a code is of another slip's PIN");
            assert_eq!((slip.pin.len(), kept.community.as_str(), kept.matter), (6, COMMUNITY, None));
            assert!(!format!("{slip:?}").contains(&slip.pin));
        }
        assert_eq!([0, MAX_COUNT + 1].map(|count| make(&world.app, COMMUNITY, count).unwrap_err().code), ["slip.count"; 2]);
    }

    #[test]
    fn a_number_beyond_the_last_million_is_drawn_again() {
        struct Falling(AtomicU32);
        impl Entropy for Falling {
            fn fill(&self, into: &mut [u8]) {
                into.copy_from_slice(&self.0.fetch_sub(300_000, Ordering::SeqCst).to_be_bytes());
            }
        }
        // 4,294,967,295 and 4,294,667,295 and so on lie in the last part of a million; 4,293,999,999 does not.
        assert_eq!(pin(&Falling(AtomicU32::new(u32::MAX))), "767295");
        assert_eq!(pin(&Falling(AtomicU32::new(41))), "000041");
    }
}
