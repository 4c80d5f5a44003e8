//! Who is asked again after rating (回访): all who gave two stars or fewer, all whose rating was given with the help of staff, and of the
//! others one in five at least.

use minqing_core::{Id, envelope::Hash, model::CallBackResult, pipeline::Matter};
use serde::Serialize;
use utoipa::ToSchema;

use super::Tally;

/// Of so many others one is asked.
const ONE_IN: u64 = 5;
/// Two stars or fewer.
const LOW: u8 = 2;

/// A rating, as it is kept for those who ask again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// The matter that was rated.
    pub matter: Id,
    /// The matter whose resident rated: the same, or one that follows it.
    pub of: Id,
    /// In which cycle.
    pub cycle: u16,
    /// When the server took it, milliseconds since 1970.
    pub at_ms: i64,
    /// 1–5.
    pub stars: u8,
    /// Given with the help of staff.
    pub assisted: bool,
    /// What was found when the resident was asked again.
    pub call_back: Option<CallBackResult>,
}

/// Why somebody is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Two stars or fewer.
    Low,
    /// Given with the help of staff.
    Assisted,
    /// Drawn.
    Sample,
}

/// The ratings of a matter.
pub fn ratings(m: &Matter, tally: &Tally) -> Vec<Rating> {
    let one = |(r, at_ms): (&minqing_core::pipeline::Rated, &i64)| Rating {
        matter: m.id,
        of: r.of,
        cycle: r.cycle,
        at_ms: *at_ms,
        stars: r.stars,
        assisted: r.assisted,
        call_back: r.call_back,
    };
    m.ratings.iter().zip(&tally.rated_ms).map(one).collect()
}

/// Which of all ratings of a community, in the order in which they came, are to be asked again: the same whoever asks and however often,
/// and at no moment less than one in five of the others. Which, nobody knows beforehand.
pub fn to_call_back(all: &[Rating]) -> Vec<(&Rating, Why)> {
    let (mut others, mut drawn) = (0, 0);
    let mut chosen = Vec::new();
    for rating in all {
        let why = if rating.stars <= LOW {
            Some(Why::Low)
        } else if rating.assisted {
            Some(Why::Assisted)
        } else {
            others += 1;
            let is_due = drawn * ONE_IN < others;
            (is_due || lot(rating).is_multiple_of(ONE_IN)).then(|| {
                drawn += 1;
                Why::Sample
            })
        };
        chosen.extend(why.map(|why| (rating, why)));
    }
    chosen
}

/// A number that belongs to a rating alone.
fn lot(rating: &Rating) -> u64 {
    let Hash(bytes) = Hash::of(&[&b"minqing/call-back/1"[..], &rating.matter.0, &rating.of.0, &rating.cycle.to_be_bytes()].concat());
    let mut first = [0; 8];
    first.copy_from_slice(&bytes[..8]);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rating(n: u16, stars: u8, assisted: bool) -> Rating {
        Rating {
            matter: Id::named(&["m", &n.to_string()]),
            of: Id::named(&["r", &n.to_string()]),
            cycle: 1,
            at_ms: i64::from(n),
            stars,
            assisted,
            call_back: None,
        }
    }

    #[test]
    fn the_unhappy_and_the_assisted_are_all_asked_and_of_the_others_one_in_five_at_every_moment() {
        let all: Vec<_> = (0..500).map(|n| rating(n, [5, 4, 2, 3, 5, 1, 4][usize::from(n) % 7], n % 11 == 0)).collect();
        for n in 1..=all.len() {
            let chosen = to_call_back(&all[..n]);
            let is = |wanted| chosen.iter().filter(|(_, why)| *why == wanted).count();
            let low = all[..n].iter().filter(|r| r.stars <= 2).count();
            let assisted = all[..n].iter().filter(|r| r.stars > 2 && r.assisted).count();
            assert_eq!((is(Why::Low), is(Why::Assisted)), (low, assisted));
            assert!(is(Why::Sample) * 5 >= n - low - assisted, "{n}");
        }
        let sample = to_call_back(&all).iter().filter(|(_, why)| *why == Why::Sample).count();
        let others = all.iter().filter(|r| r.stars > 2 && !r.assisted).count();
        assert!(sample * 2 < others, "{sample} of {others} is no sample");
    }

    #[test]
    fn who_is_asked_stays_the_same_as_more_come() {
        let all: Vec<_> = (0..200).map(|n| rating(n, 5, false)).collect();
        let (first, later) = (to_call_back(&all[..100]), to_call_back(&all));
        assert_eq!(first[..], later[..first.len()]);
        let every_fifth = later.iter().zip(0..).all(|((rating, _), k)| rating.at_ms == 5 * k);
        assert!(!every_fifth, "anybody could know who is asked");
    }
}
