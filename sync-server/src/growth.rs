//! Pages of the office that are open hear when something in their community is new. Nobody asks the database meanwhile.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use tokio::sync::watch;

use crate::projection::community_of;

/// Most pages that listen at once, all communities together.
const MOST: usize = 500;

/// The communities at which somebody looks, each with how often it has grown.
#[derive(Default)]
pub struct Growth(Mutex<BTreeMap<String, watch::Sender<u64>>>);

impl Growth {
    /// These streams have grown.
    pub fn grown(&self, streams: &[String]) {
        self.with(|open| {
            let mut told: Vec<&str> = streams.iter().map(|stream| community_of(stream)).collect();
            told.sort_unstable();
            told.dedup();
            for community in told {
                if let Some(ear) = open.get(community) {
                    ear.send_modify(|times| *times += 1);
                }
            }
        });
    }

    /// Hears of a community from now on, until this is dropped; `None` where too many listen.
    pub fn hear(&self, community: &str) -> Option<watch::Receiver<u64>> {
        self.with(|open| {
            open.retain(|_, ear| ear.receiver_count() > 0);
            let listening: usize = open.values().map(watch::Sender::receiver_count).sum();
            (listening < MOST).then(|| open.entry(community.to_owned()).or_default().subscribe())
        })
    }

    /// All that hear are told that it is over, as when the server stops.
    pub fn end(&self) {
        self.with(BTreeMap::clear);
    }

    fn with<T>(&self, work: impl FnOnce(&mut BTreeMap<String, watch::Sender<u64>>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_community_is_heard_of_alone_and_the_end_is_heard_by_all() {
        let growth = Growth::default();
        let (mut one, mut other) = (growth.hear("620102001001").unwrap(), growth.hear("620102001002").unwrap());
        growth.grown(&["grid:620102001001003".into(), "desk:620102001001".into(), "commons".into()]);
        assert!(one.has_changed().unwrap() && !other.has_changed().unwrap());
        one.changed().await.unwrap();
        assert_eq!(*one.borrow(), 1, "two streams of one community are one growth");
        growth.end();
        assert!(one.changed().await.is_err() && other.changed().await.is_err());
    }

    #[test]
    fn not_more_than_so_many_hear_at_once() {
        let growth = Growth::default();
        let ears: Vec<_> = (0..MOST).map(|_| growth.hear("620102001001").unwrap()).collect();
        assert!(growth.hear("620102001002").is_none());
        drop(ears);
        assert!(growth.hear("620102001002").is_some());
    }
}
