//! The alarm for a year without a decree: said once a day, as long as it lacks.

use minqing_core::clock::local_date;

use crate::app::App;

/// Remembers the day on which it was said last.
#[derive(Default)]
pub struct Alarm(Option<jiff::civil::Date>);

impl Alarm {
    /// Says it in the log if it was not said today; the year whose decree lacks, where it was said.
    pub fn look(&mut self, app: &App) -> Option<i16> {
        let now_ms = app.clock.now_ms();
        let year = app.rules.get().calendar.missing_year_alarm(now_ms)?;
        let today = local_date(now_ms);
        if self.0.replace(today) == Some(today) {
            return None;
        }
        tracing::warn!(year, "the holidays of this year are not known yet: upload its decree with minqing calendar upload");
        Some(year)
    }
}
