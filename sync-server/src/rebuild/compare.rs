//! Compares what the log says with the documents and projections that the server keeps.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use minqing_core::{Id, appointment::Appointment, document::DocKind, pipeline::Matter};
use serde::Serialize;

use super::{Rebuilt, rebuild};
use crate::{
    figures::{self, Counted},
    projection::{self, WordsShown},
    settings::Rules,
    storage::{
        Result, Store,
        log::{Moment, Shown, StreamId},
    },
};

/// The result of `minqing rebuild --check`. Everything but `rows` and `documents` should be 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows read.
    pub rows: u64,
    /// Documents made again.
    pub documents: u64,
    /// Rows missing or not linked to the row before.
    pub broken: u64,
    /// Rows that their device did not sign.
    pub unsigned: u64,
    /// Items that could not be read or applied.
    pub unreadable: u64,
    /// Documents whose heads or content differ, or that only one side has.
    pub documents_differ: u64,
    /// Projection rows and kept matters that differ, or that only one side has.
    pub rows_differ: u64,
}

impl Report {
    /// Whether everything is as it must be.
    pub fn is_good(&self) -> bool {
        *self == Self { rows: self.rows, documents: self.documents, ..Self::default() }
    }
}

/// Reads the whole log and compares.
///
/// # Errors
/// `store.failed`.
pub fn check(store: &dyn Store) -> Result<Report> {
    let mut report = Report::default();
    store.at_one_moment(&mut |moment| {
        report = compare(moment, &rebuild(moment)?)?;
        Ok(())
    })?;
    Ok(report)
}

/// Compares a rebuild that was made before.
///
/// # Errors
/// `store.failed`.
pub fn compare(store: &dyn Moment, built: &Rebuilt) -> Result<Report> {
    let kept: BTreeMap<_, _> = store.documents()?.into_iter().collect();
    let same = built.documents.iter().filter(|(id, (stream, doc))| {
        kept.get(id).and_then(Option::as_ref).is_some_and(|k| k.head.stream == *stream && k.doc.heads() == doc.heads() && k.doc.content() == doc.content())
    });
    let same = same.count() as u64;
    // Every calendar there ever was, so whatever begins later is no matter.
    let rules = Rules::of(&store.settings()?, i64::MAX);
    let archived: BTreeSet<Id> = built.archived.iter().map(|(id, _)| *id).collect();
    let archived: Vec<Id> = archived.into_iter().collect();
    let (made, shown) = (show(built, &rules), store.shown()?);
    Ok(Report {
        rows: built.rows,
        documents: built.documents.len() as u64,
        broken: built.broken,
        unsigned: built.unsigned,
        unreadable: built.unreadable,
        documents_differ: (built.documents.len() as u64 - same).max(kept.len() as u64 - same),
        rows_differ: differ(&made.households, &shown.households, |r| r.id)
            + differ(&made.visits, &shown.visits, |r| (r.id, r.household))
            + differ(&made.answers, &shown.answers, |r| r.clone())
            + differ(&made.matters, &shown.matters, |r| r.id)
            + differ(&made.public, &shown.public, |r| (r.matter, r.event))
            + differ(&made.board, &shown.board, |r| r.matter)
            + differ(&made.counted, &shown.counted, |r| r.matter)
            + differ(&made.ratings, &shown.ratings, |r| (r.matter, r.of, r.cycle))
            + differ(&made.reviews, &shown.reviews, |r| (r.doc, r.field.clone()))
            + differ(&made.words, &shown.words, |r| r.matter)
            + differ(&made.refused, &shown.refused, |r| r.event)
            + differ(&made.attachments, &shown.attachments, |r| (r.doc, r.id))
            + differ(&built.covers, &shown.covers, |r| r.id)
            + differ(&built.shares.iter().copied().collect::<Vec<_>>(), &store.shares()?, |share| *share)
            + differ(&archived, &store.archived()?, |id| *id)
            + differ(&folds(built), &kept_folds(store)?, |(id, _, _)| *id)
            + differ(&appointments(built), &kept_appointments(store)?, |(id, ..)| *id)
            + differ(&rounds(built), &kept_rounds(store)?, |(id, day, ..)| (*id, *day))
            + differ(&claims(built), &store.claims()?, |(person, bucket, _)| (*person, *bucket)),
    })
}

/// How many ids have rows that are not the same on both sides.
fn differ<T: PartialEq, K: Ord>(made: &[T], shown: &[T], id: impl Fn(&T) -> K) -> u64 {
    let made: BTreeMap<_, _> = made.iter().map(|r| (id(r), r)).collect();
    let shown: BTreeMap<_, _> = shown.iter().map(|r| (id(r), r)).collect();
    let of_made = made.iter().filter(|(id, row)| shown.get(*id) != Some(row)).count();
    let only_shown = shown.keys().filter(|id| !made.contains_key(*id)).count();
    (of_made + only_shown) as u64
}

/// Each matter's fold and how many ordinals were given, as the log alone makes them.
fn folds(built: &Rebuilt) -> Vec<(Id, u64, Option<Matter>)> {
    built.matters.iter().map(|(id, matter)| (*id, matter.facts.len() as u64, matter.fold(*id))).collect()
}

fn kept_folds(store: &dyn Moment) -> Result<Vec<(Id, u64, Option<Matter>)>> {
    Ok(store.matters()?.into_iter().map(|(id, kept)| (id, kept.judged, kept.matter)).collect())
}

type Appointments = Vec<(Id, StreamId, u64, Option<Appointment>)>;

/// Each appointment's home, how many ordinals were given, and its fold, as the log alone makes them.
fn appointments(built: &Rebuilt) -> Appointments {
    built.appointments.iter().map(|(id, logged)| (*id, logged.stream, logged.facts.len() as u64, logged.appointment(*id))).collect()
}

fn kept_appointments(store: &dyn Moment) -> Result<Appointments> {
    Ok(store.appointments()?.into_iter().map(|(id, kept)| (id, kept.stream, kept.judged, kept.appointment)).collect())
}

/// Each officer's round of a day, when it was planned, and its JSON.
fn rounds(built: &Rebuilt) -> Vec<(Id, Date, i64, String)> {
    built.rounds.iter().map(|((officer, day), (made_ms, json))| (*officer, *day, *made_ms, json.clone())).collect()
}

fn kept_rounds(store: &dyn Moment) -> Result<Vec<(Id, Date, i64, String)>> {
    Ok(store.rounds()?.into_iter().map(|round| (round.officer, round.day, round.made_ms, round.json)).collect())
}

/// Whose time must be taken, and by which appointment.
fn claims(built: &Rebuilt) -> Vec<(Id, i64, Id)> {
    let folds = built.appointments.iter().filter_map(|(id, logged)| logged.appointment(*id));
    let claims = folds.flat_map(|a| {
        let slot = a.claims().cloned();
        slot.into_iter().flat_map(move |slot| {
            let buckets = slot.buckets(a.buffer);
            slot.officers.into_iter().flat_map(move |officer| buckets.clone().map(move |bucket| (officer, bucket, a.id)))
        })
    });
    claims.collect()
}

/// The projections as the log alone makes them.
fn show(built: &Rebuilt, rules: &Rules) -> Shown {
    let name = |stream| built.streams.get(stream).map_or("", String::as_str);
    let mut shown = Shown::default();
    for (id, (stream, doc)) in &built.documents {
        let kind = doc.header().map(|(kind, _)| kind);
        if matches!(kind, Some(DocKind::Visits | DocKind::Matter)) {
            shown.attachments.extend(projection::attachments(*id, &doc.content()));
        }
        shown.reviews.extend(projection::reviews(*id, doc));
        match kind {
            Some(DocKind::Card) => shown.households.push(projection::household(*id, *stream, name(stream), doc)),
            Some(DocKind::Visits) => {
                let content = doc.content();
                shown.visits.extend(projection::visits(&content));
                shown.answers.extend(projection::answers(&content));
            }
            Some(DocKind::Matter | DocKind::Notice | DocKind::Form) | None => {}
        }
    }
    for (id, logged) in &built.matters {
        let community = projection::community_of(name(&logged.stream));
        shown.refused.extend(projection::all_refused(*id, community, &logged.events, logged.facts.values()));
        let Some(matter) = logged.fold(*id) else { continue };
        let register = logged.registration();
        shown.board.extend(projection::board(&matter));
        let Some(mut row) = register.and_then(|(event, done_at)| projection::matter(*id, community, event, done_at, &matter)) else { continue };
        if let Some((_, doc)) = built.documents.get(id) {
            let content = doc.content();
            row.read_texts(&content);
            shown.public.extend(projection::public_texts(&matter, &content));
        }
        let tally = figures::tally_of(*id, &logged.happened(), rules);
        shown.counted.push(Counted::of(&row, name(&logged.stream), &matter, &tally));
        shown.ratings.extend(figures::ratings(&matter, &tally));
        shown.words.extend(Some(WordsShown::of(&row)).filter(|words| !words.keys.is_empty()));
        shown.matters.push(row);
    }
    shown
}
