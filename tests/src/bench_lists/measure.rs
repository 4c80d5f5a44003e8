//! Times calls and prints a line for each.

use std::time::Instant;

use anyhow::Result;

/// The table on stdout: milliseconds of the first call, of the middle one and of the slowest, and the rows it gave.
pub struct Table {
    times: usize,
}

impl Table {
    /// Begins the table; each call is made `times` times.
    pub fn new(times: usize) -> Self {
        println!("{:>9} {:>9} {:>9} {:>6}  call", "first ms", "middle ms", "most ms", "rows");
        Self { times: times.max(1) }
    }

    /// Times a call that says how many rows it gave.
    pub fn time(&mut self, name: &str, mut call: impl FnMut() -> Result<usize>) -> Result<()> {
        let mut rows = 0;
        let mut took = Vec::with_capacity(self.times);
        for _ in 0..self.times {
            let begin = Instant::now();
            rows = call()?;
            took.push(begin.elapsed().as_secs_f64() * 1000.0);
        }
        let first = took[0];
        took.sort_by(f64::total_cmp);
        println!("{first:>9.2} {:>9.2} {:>9.2} {rows:>6}  {name}", took[took.len() / 2], took[took.len() - 1]);
        Ok(())
    }
}
