//! What the operating system says of a process. Linux only; elsewhere nothing is known.

use std::{fs, time::Duration};

/// Ticks of a second in /proc: a constant of Linux's interface.
const TICKS: u64 = 100;

/// Processor time of a process so far, user and system.
pub fn cpu(pid: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold spaces; user and system are the 12th and 13th field behind it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Duration::from_millis((user + system) * 1_000 / TICKS))
}

/// The most memory a process held at once, in MiB.
pub fn peak_mib(pid: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let kib: f64 = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(rounded(kib / 1024.0, 1))
}

/// Of measured times, the one that a share of them does not exceed, in milliseconds.
pub fn percentile_ms(times: &[Duration], share: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.clamp(1, sorted.len().max(1)) - 1).map_or(0.0, |time| rounded(time.as_secs_f64() * 1e3, 1))
}

/// A figure with so many decimals.
pub fn rounded(figure: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    (figure * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_times() {
        let times: Vec<Duration> = (1..=200).rev().map(Duration::from_millis).collect();
        assert_eq!([0.5, 0.99, 1.0].map(|share| percentile_ms(&times, share)), [100.0, 198.0, 200.0]);
        assert_eq!(percentile_ms(&times[..1], 0.5), 200.0);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_process_used_something() {
        assert!(cpu(std::process::id()).is_some() && peak_mib(std::process::id()).unwrap() > 1.0);
    }
}
