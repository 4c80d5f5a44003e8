//! A code that enrols one phone.

use minqing_core::{Id, ids::crockford};

use crate::{
    auth::sha256,
    clock::Clock,
    entropy::{self, Entropy},
    fault::Fault,
    storage::Store,
};

/// Letters of a code: 50 bits, enough for a day at one try a request.
const LETTERS: usize = 10;

/// What a phone's camera reads: where the server is, and the code. docs/WIRE.md describes it.
pub fn enrol_link(public_url: &str, code: &str) -> String {
    format!("minqing:enrol?server={public_url}&code={code}")
}

/// Makes a code for an officer; only its hash is kept, so it is shown now or never.
///
/// # Errors
/// `officer.unknown`, `officer.disabled`.
pub fn new_code(store: &dyn Store, clock: &dyn Clock, entropy: &dyn Entropy, officer: Id, hours: u32) -> Result<String, Fault> {
    let code = crockford(&entropy::bytes::<LETTERS>(entropy));
    let expires_ms = clock.now_ms() + i64::from(hours) * 3_600_000;
    store.add_code(&sha256(code.as_bytes()), officer, expires_ms)?;
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::World;

    #[test]
    fn only_for_an_officer_and_never_twice_the_same() {
        let world = World::open();
        let officer = world.officer();
        let code = |id| new_code(world.store(), &*world.clock, &*world.entropy, id, 24);
        let (a, b) = (code(officer).unwrap(), code(officer).unwrap());
        assert_ne!(a, b);
        assert_eq!(a.len(), 10);
        assert_eq!(code(Id([9; 16])).unwrap_err().code, "officer.unknown");
    }
}
