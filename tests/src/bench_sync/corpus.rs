//! A community and its year, written by its officers through the server's own functions.

use std::path::Path;

use anyhow::Result;
use minqing_core::{Id, document::Doc};

use super::{
    author::Author,
    cards,
    draw::Draw,
    matters::MatterDoc,
    office::{DAY, NEW_YEAR, Office},
    scale::Scale,
    visits,
    words::Words,
};

/// The year falls into so many spans; each door has at most one visit and each matter at most one event in one of them.
const SPANS: usize = 20;
/// Length of a span: the year's last weeks stay free.
const SPAN: i64 = 17 * DAY;

/// A community with everything that was written in it.
pub struct Corpus {
    /// The office.
    pub office: Office,
    /// The officers who wrote.
    pub authors: Vec<Author>,
    /// Doors in walking order.
    pub doors: Vec<Id>,
    /// The visits of each.
    pub volumes: Vec<Doc>,
    /// How many matters there are.
    pub matters: usize,
    /// What draws the rest of the story.
    pub draw: Draw,
    /// The words of its texts.
    pub words: Words,
    /// Self-information of everything in it, in bits.
    pub bits: f64,
    /// When the story goes on.
    pub until_ms: i64,
}

/// Writes a community and its year into `dir`.
///
/// # Errors
/// Of disk and network, and what the server puts aside.
pub fn build(program: &Path, dir: &Path, seed: u64, scale: &Scale) -> Result<Corpus> {
    let mut office = Office::open(program, dir, seed, scale.grids)?;
    let (mut draw, words) = (Draw::new(seed, 1), Words::load());
    let authors = enrol_all(&mut office, &mut draw, &vec![(1..=scale.grids).collect(); scale.officers])?;
    let doors = cards::write(&office.app()?, &mut draw, &words, scale.households, scale.grids)?;
    let volumes = vec![Doc::empty(); doors.len()];
    let until_ms = NEW_YEAR + SPANS as i64 * SPAN;
    let mut corpus = Corpus { office, authors, doors, volumes, matters: scale.matters, draw, words, bits: 0.0, until_ms };
    corpus.write_the_year(scale)?;
    corpus.bits = corpus.draw.take_bits();
    Ok(corpus)
}

/// Adds officers, each of some grids, and enrols a phone for each over HTTP.
pub fn enrol_all(office: &mut Office, draw: &mut Draw, grids: &[Vec<u16>]) -> Result<Vec<Author>> {
    let app = office.app()?;
    let codes: Vec<String> = grids.iter().enumerate().map(|(k, grids)| office.officer(&app, k + 1, grids)).collect::<Result<_>>()?;
    drop(app);
    let server = office.serve()?;
    codes.iter().enumerate().map(|(k, code)| Author::enrol(office, draw, &server.url, k + 1, code)).collect()
}

impl Corpus {
    /// A visit of each door in the first spans, an event of each matter in every second of them. Moments are drawn within
    /// a span, and authors for each: so no order of draws is told that the figures would count twice.
    fn write_the_year(&mut self, scale: &Scale) -> Result<()> {
        let app = self.office.app()?;
        let matters = scale.matters;
        let mut matter_docs: Vec<MatterDoc> = Vec::new();
        for span in 0..SPANS {
            let begins = NEW_YEAR + span as i64 * SPAN;
            let mut moments: Vec<(i64, usize)> = Vec::new();
            if span < scale.visits {
                moments.extend((0..self.doors.len()).map(|door| (self.draw.moment(begins, begins + SPAN), door)));
            }
            let event = span / 2;
            if span % 2 == 0 && event < scale.events {
                moments.extend((0..matters).map(|matter| (self.draw.moment(begins, begins + SPAN), self.doors.len() + matter)));
            }
            if event == 0 && span == 0 {
                for (at_ms, _) in &moments[moments.len() - matters..] {
                    let home = *self.draw.one_of(&self.doors);
                    matter_docs.push(MatterDoc::of(&mut self.draw, home, *at_ms));
                }
            }
            moments.sort_unstable();
            for (at_ms, what) in moments {
                let place = self.draw.below(self.authors.len() as u64) as usize;
                let (author, draw, words) = (&mut self.authors[place], &mut self.draw, &self.words);
                match what.checked_sub(self.doors.len()) {
                    None => visits::write(author, draw, words, self.doors[what], &mut self.volumes[what], at_ms)?,
                    Some(matter) => matter_docs[matter].happen(author, draw, words, at_ms, begins, event + 1 == scale.events)?,
                }
            }
            self.office.hands.set(begins + SPAN);
            self.authors.iter_mut().try_for_each(|author| author.bring(&app))?;
        }
        Ok(())
    }
}
