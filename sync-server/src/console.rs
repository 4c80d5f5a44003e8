//! The office's pages, only for staff. Server pages; htmx only adds.

mod account;
pub mod appointments;
mod aside;
mod board;
mod browser;
mod daybook;
mod design;
mod desk;
mod devices;
mod doors;
mod enrol;
pub mod feeds;
mod fields;
pub mod figures;
mod first;
mod held;
mod households;
mod inbox;
pub mod line;
mod lines;
mod live;
pub(crate) mod matter;
pub mod notices;
pub(crate) mod pages;
pub mod papers;
pub(crate) mod qr;
pub mod rounds;
mod search;
mod sent;
pub(crate) mod session;
pub mod settings;
mod sign_in;
mod sign_out;
mod surveys;
mod today;
pub(crate) mod tongue;
mod trouble;
pub mod wanted;
mod window;

pub use account::{account, begin_second, change_password, end_one, sign_out_everywhere, turn_second_off, turn_second_on};
pub use appointments::{appointment_json, appointments_json, ask_json, do_appointment_json};
pub use aside::{
    aside, confirm_aside,
    json::{self as asked, adopt_aside_json, aside_json, return_aside_json},
    settle_aside,
};
pub use board::{line_board, line_do, line_lanes, line_print};
pub use daybook::{ask_visit, ask_visit_page, daybook, do_visit, plan_daybook, visit_page};
pub use design::design;
pub use desk::{AtDesk, choose_desk};
pub use devices::{allow_device, devices, end_device, move_officer, officer_page, revoke_device};
pub use enrol::{enrol_add, enrol_arrived, enrol_code, enrol_page};
pub use feeds::{add_feed_json, feeds_json, revoke_feed_json};
pub use figures::{call_backs_json, figures_json};
pub use first::{first_page, open_office};
pub use held::held;
pub use households::{erase_page, erasures, household, households, person, preview_or_erase, say_person};
pub use inbox::{inbox, inbox_left, see_refused, settle_address, settle_door, settle_edit, undo_decision};
pub use line::{do_matter_json, matter_json, matters_json};
pub use live::live;
pub use matter::{do_matter, do_photo, matter_page, matter_public, photo_page};
pub use notices::{add_notice_json, notices_json, withdraw_notice_json};
pub use papers::{appointment_slip, paper_round, paper_row_json, paper_stairwell};
pub use rounds::{plan_json, rounds_json};
pub use search::search;
pub use session::FromStaff;
pub use settings::{set_json, setting_json, settings_json};
pub use sign_in::{sign_in, sign_in_page, sign_in_second};
pub use sign_out::sign_out;
pub use surveys::surveys;
pub use today::{today, today_middle};
pub use tongue::remember_language;
pub use trouble::trouble;
pub use wanted::wanted_json;
pub use window::{do_window, number_paper, window_doors, window_like, window_page};
