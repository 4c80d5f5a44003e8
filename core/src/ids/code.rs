//! Codes people read aloud and type: Crockford's base 32, no letters that look like digits.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// `len` characters drawn from random bytes, five bits each; one byte a character.
pub fn crockford(random: &[u8]) -> String {
    random.iter().map(|b| char::from(ALPHABET[usize::from(b & 31)])).collect()
}

/// A typed code in its one form: upper case, without spaces and dashes, O as 0, I and L as 1.
/// `None` if a character cannot belong to a code.
pub fn normal_code(typed: &str) -> Option<String> {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => Some('0'),
            'I' | 'L' => Some('1'),
            c if ALPHABET.contains(&u8::try_from(c).ok()?) => Some(c),
            _ => None,
        })
        .collect()
}

/// A code as it stands on slips and screens: in two halves with a dash.
pub fn shown(code: &str) -> String {
    match code.split_at_checked(code.len() / 2) {
        Some((a, b)) if !a.is_empty() => format!("{a}-{b}"),
        _ => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_is_what_was_meant() {
        assert_eq!(normal_code("k7o2-il5x").as_deref(), Some("K702115X"));
        assert_eq!(normal_code("K7O2 中文"), None);
        assert_eq!(shown("K702115X"), "K702-115X");
        assert_eq!(crockford(&[0, 31, 32, 255]), "0Z0Z");
    }
}
