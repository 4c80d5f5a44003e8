//! The second step of signing in: six digits that the phone of whoever signs in shows for half a minute (TOTP, RFC 6238, with SHA-1, as all
//! authenticator apps take it).

use totp_rs::{Builder, Secret, Totp};

use crate::{app::App, entropy, fault::Fault};

/// Steps before and behind that are taken, too: phones' clocks differ.
const SKEW: u16 = 1;
/// Seconds of a step.
const STEP_S: u64 = 30;

/// A new secret.
pub fn new_secret(app: &App) -> [u8; 20] {
    entropy::bytes(app.entropy.as_ref())
}

/// The secret as somebody types it into an app.
pub fn written(secret: &[u8; 20]) -> String {
    Secret::new_stack(*secret).to_base32()
}

/// Reads what [`written`] wrote.
pub fn read(written: &str) -> Option<[u8; 20]> {
    Secret::try_from_base32(written).ok()?.as_bytes().try_into().ok()
}

/// The address that an app scans.
///
/// # Errors
/// `second.name` where the name has a colon.
pub fn address(secret: &[u8; 20], name: &str) -> Result<String, Fault> {
    let totp = builder(secret).with_account_name(name).with_issuer(Some("Minqing")).build();
    totp.and_then(|totp| totp.to_url()).map_err(|_| Fault::new("second.name", name))
}

/// The step whose code it is at a moment, milliseconds since 1970; `None` for any other code.
pub fn step_of(secret: &[u8; 20], code: &str, now_ms: i64) -> Option<u64> {
    let totp: Totp = builder(secret).build().ok()?;
    totp.check(code.trim(), u64::try_from(now_ms).ok()? / 1000)
}

fn builder(secret: &[u8; 20]) -> Builder {
    Builder::new().with_secret(*secret).with_skew(SKEW).with_step_duration(STEP_S)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8; 20] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard_and_clocks_may_differ_by_a_step() {
        // RFC 6238, appendix B, cut to six digits: 59 s → 94287082, 1,111,111,109 s → 07081804.
        assert_eq!((step_of(SECRET, "287082", 59_000), step_of(SECRET, " 081804 ", 1_111_111_109_000)), (Some(1), Some(37_037_036)));
        for (at_s, taken) in [(29, true), (30, true), (89, true), (90, false), (0, true)] {
            assert_eq!(step_of(SECRET, "287082", at_s * 1000).is_some(), taken, "{at_s}");
        }
        for code in ["", "287083", "94287082", "二八七〇八二", "28708"] {
            assert_eq!(step_of(SECRET, code, 59_000), None, "{code}");
        }
    }

    #[test]
    fn an_app_scans_the_name_and_the_secret() {
        let address = address(SECRET, "马春兰").unwrap();
        assert!(address.starts_with("otpauth://totp/Minqing:") && address.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{address}");
        assert_eq!(read(&written(SECRET)).as_ref(), Some(SECRET));
        assert_eq!((read("GEZDGNBV"), read("1")), (None, None));
    }
}
