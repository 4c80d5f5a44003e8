//! The decrees this version was built with (core/calendar), read once.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{Calendar, OfficeHours, decree};

macro_rules! files {
    ($($year:literal)+) => { [$(include_str!(concat!("../../calendar/", $year, ".json"))),+] };
}

const FILES: [&str; 20] = files!(2007 2008 2009 2010 2011 2012 2013 2014 2015 2016 2017 2018 2019 2020 2021 2022 2023 2024 2025 2026);

/// Its version is the number of decrees, so that a later build with one more is what uploading it would have made.
pub(super) static SHIPPED: LazyLock<Calendar> = LazyLock::new(|| {
    // They are compiled in and each is read by a test, so a fault here is a fault of the build.
    let decrees: BTreeMap<_, _> = FILES.iter().filter_map(|file| decree::read(file).ok()).collect();
    Calendar::new(decrees.len() as u32, OfficeHours::default(), decrees, Vec::new())
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_decree_of_another_year() {
        let years: Vec<_> = FILES.iter().map(|file| decree::read(file).unwrap().0).collect();
        assert_eq!(years, (2007..=2026).collect::<Vec<_>>());
        assert_eq!(SHIPPED.version(), 20);
    }
}
