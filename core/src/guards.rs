//! What stands between an accident and a loss, each by a name, so that a test can take one away and see what it was
//! good for (docs/TESTING.md, "Guards"). The product always has them all.

macro_rules! guards {
    ($($(#[doc = $what:literal])+ $name:ident,)*) => {
        /// All guards; each is on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Guards {
            $($(#[doc = $what])+ pub $name: bool,)*
        }

        impl Default for Guards {
            fn default() -> Self {
                Self { $($name: true,)* }
            }
        }

        impl Guards {
            /// The name of each, and what it does.
            pub const ALL: &'static [(&'static str, &'static str)] = &[$((stringify!($name), concat!($($what,)+)),)*];

            /// All but one, for tests; `None` where there is none of that name.
            #[doc(hidden)]
            pub fn without(name: &str) -> Option<Self> {
                let mut guards = Self::default();
                match name {
                    $(stringify!($name) => guards.$name = false,)*
                    _ => return None,
                }
                Some(guards)
            }
        }
    };
}

guards! {
    /// Phone: an opening is drawn at the first write after each start, never used again after another.
    fresh_opening,
    /// Phone: cursors move in the transaction of the rows they stand for.
    cursor_with_data,
    /// Phone: an item is asked for again until its state is final.
    kept_until_final,
    /// Phone: an answer is taken for the request that it answers only.
    answer_fits,
    /// Phone: a log of another history is read from its beginning.
    new_history,
    /// Phone: what others wrote and a restored server lacks is brought back.
    brought_back,
    /// Phone: a remade document and a sum that differs are asked for.
    sums_compared,
    /// Server: an item is known again by its name.
    known_name,
    /// Server: one name stands for one text only, by its hash.
    same_hash,
    /// Server: only what its device signed counts as its.
    signature,
    /// Server: a change is written by an actor of its own device and opening.
    own_actor,
    /// Server: a change waits for those that it rests on.
    dependencies,
    /// Server: a change that is in the document is not written into the log again.
    known_change,
    /// Server: a change's operations are numbered on from those that it rests on.
    start_op,
    /// Server: a change that Automerge would not have written so is edited, saved and loaded as a copy.
    edited_copy,
    /// Server: a change is held against the rules of its document.
    document_rules,
    /// Server: a trial counts only on the version of the document that it was made on.
    trial_version,
    /// Server: an event is judged once, whatever names it comes under.
    event_once,
    /// Server: each item is an attempt, in a savepoint of its own.
    savepoint,
    /// Server: what was waited for lets go on what waits for it.
    released,
    /// Server: rows without bytes go only to a phone that surely holds them.
    held_by_phone,
    /// Server: what a crash left between received and applied is applied at the next start.
    caught_up,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_can_be_taken_away_alone() {
        let mut seen = vec![Guards::default()];
        for (name, what) in Guards::ALL {
            let without = Guards::without(name).unwrap();
            assert!(!seen.contains(&without) && !what.is_empty(), "{name}");
            seen.push(without);
        }
        assert_eq!(Guards::without("none"), None);
    }
}
