//! Reminders that wait for the office's gateway for messages.

use minqing_core::Id;

use super::Result;

/// A reminder that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingReminder {
    /// Of which appointment.
    pub appointment: Id,
    /// Of which of its times.
    pub sequence: u32,
    /// 1 the evening before, 2 two hours before.
    pub which: u8,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// Reminders.
pub trait Reminders: Send + Sync {
    /// Those whose time has come, the earliest first.
    ///
    /// # Errors
    /// `store.failed`.
    fn reminders_due(&self, now_ms: i64, limit: u32) -> Result<Vec<WaitingReminder>>;

    /// It was handed over, or has lost its meaning. A newer one of the appointment stays.
    ///
    /// # Errors
    /// `store.failed`.
    fn reminder_done(&self, reminder: &WaitingReminder) -> Result<()>;

    /// It was tried in vain, and is to be tried again. A newer one of the appointment stays as it is.
    ///
    /// # Errors
    /// `store.failed`.
    fn reminder_again(&self, reminder: &WaitingReminder, next_ms: i64) -> Result<()>;
}
