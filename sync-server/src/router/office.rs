//! The pages of the office.

use axum::{
    Router,
    http::header,
    middleware::from_fn,
    routing::{get, post},
};

use super::{guarded, header_layer};
use crate::{app::App, attachment, auth::tries::Door, console, resident::pages};

/// Each page and each form of the console.
pub(super) fn all(app: &App) -> Router<App> {
    Router::new()
        .route("/office", get(console::today))
        .route("/office/today", get(console::today_middle))
        .route("/office/attachments/{sha256}", get(attachment::to_staff))
        .route("/office/rounds", get(console::daybook))
        .route("/office/rounds/plan", post(console::plan_daybook))
        .route("/office/appointments/new", get(console::ask_visit_page).post(console::ask_visit))
        .route("/office/appointments/{id}", get(console::visit_page))
        .route("/office/appointments/{id}/do", post(console::do_visit))
        .route("/office/appointments/{id}/slip", get(console::appointment_slip))
        .route("/office/paper/round", get(console::paper_round))
        .route("/office/paper/stairwell", get(console::paper_stairwell))
        .route("/office/surveys", get(console::surveys))
        .route("/office/sign-in", get(console::sign_in_page).merge(guarded(app, Door::SignIn, post(console::sign_in))))
        .route("/office/sign-in/second", guarded(app, Door::SignIn, post(console::sign_in_second)))
        .route("/office/first", guarded(app, Door::SignIn, get(console::first_page).post(console::open_office)))
        .route("/office/sign-out", post(console::sign_out))
        .route("/office/desk", post(console::choose_desk))
        .route("/office/inbox", get(console::inbox))
        .route("/office/inbox/left", get(console::inbox_left))
        .route("/office/inbox/edit", post(console::settle_edit))
        .route("/office/inbox/door", post(console::settle_door))
        .route("/office/inbox/address", post(console::settle_address))
        .route("/office/inbox/refused", post(console::see_refused))
        .route("/office/inbox/undo", post(console::undo_decision))
        .route("/office/live", get(console::live))
        .route("/office/line", get(console::line_board))
        .route("/office/line/lanes", get(console::line_lanes))
        .route("/office/line/do", post(console::line_do))
        .route("/office/line/print", post(console::line_print))
        .route("/office/search", get(console::search))
        .route("/office/matters/{id}", get(console::matter_page))
        .route("/office/matters/{id}/public", get(console::matter_public))
        .route("/office/matters/{id}/photos/{sha256}", get(console::photo_page).post(console::do_photo))
        .route("/office/matters/{id}/do", post(console::do_matter))
        .route("/office/households", get(console::households))
        .route("/office/households/{id}", get(console::household))
        .route("/office/households/{id}/held", get(console::held))
        .route("/office/households/{id}/erase", get(console::erase_page).post(console::preview_or_erase))
        .route("/office/erasures", get(console::erasures))
        .route("/office/matters/{id}/screen", post(pages::open_screen))
        .route("/office/window", get(console::window_page).post(console::do_window))
        .route("/office/window/doors", post(console::window_doors))
        .route("/office/window/like", post(console::window_like))
        .route("/office/window/number/{n}", get(console::number_paper))
        .route("/office/aside", get(console::aside))
        .route("/office/aside/{name}/{how}", get(console::confirm_aside).post(console::settle_aside))
        .route("/office/devices", get(console::devices))
        .route("/office/devices/revoke", post(console::revoke_device))
        .route("/office/officers/{id}", get(console::officer_page).post(console::move_officer))
        .route("/office/devices/end", post(console::end_device))
        .route("/office/devices/allow", post(console::allow_device))
        .route("/office/enrol", get(console::enrol_page).post(console::enrol_code))
        .route("/office/enrol/officer", post(console::enrol_add))
        .route("/office/enrol/arrived", get(console::enrol_arrived))
        .route("/office/account", get(console::account))
        .route("/office/account/end", post(console::end_one))
        .route("/office/account/everywhere", post(console::sign_out_everywhere))
        .route("/office/account/password", guarded(app, Door::SignIn, post(console::change_password)))
        .route("/office/account/second/begin", post(console::begin_second))
        .route("/office/account/second", guarded(app, Door::SignIn, post(console::turn_second_on)))
        .route("/office/account/second/off", guarded(app, Door::SignIn, post(console::turn_second_off)))
        .layer(from_fn(console::remember_language))
        .layer(header_layer(header::CACHE_CONTROL, "no-store"))
}
