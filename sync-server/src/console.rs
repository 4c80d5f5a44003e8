//! The office's pages, only for staff. Server pages; htmx only adds.

mod lines;
mod pages;
mod said;
mod session;
mod sign_in;
mod sign_out;
mod surveys;
mod today;
mod tongue;
mod trouble;

pub use session::FromStaff;
pub use sign_in::{sign_in, sign_in_page};
pub use sign_out::sign_out;
pub use surveys::surveys;
pub use today::{sees_residents, today, today_middle};
pub use tongue::remember_language;
pub use trouble::trouble;
