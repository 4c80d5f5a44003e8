//! What every store promises, as checks that any backend runs: a storage trait is what these say.
//!
//! A backend says once how an empty store of it is made, and gets a test for each promise by [`suite!`]. What only
//! one backend has (its file, its settings) is tested beside that backend.

use super::Store;

pub(crate) mod accounts;
pub(crate) mod append;
pub(crate) mod apply;
pub(crate) mod areas;
pub(crate) mod attempt;
pub(crate) mod board;
pub(crate) mod bookings;
pub(crate) mod cards;
pub(crate) mod compaction;
pub(crate) mod counts;
pub(crate) mod covers;
pub(crate) mod desks;
pub(crate) mod documents;
pub(crate) mod doors;
pub(crate) mod erasures;
pub(crate) mod feeds;
pub(crate) mod finding;
pub(crate) mod leases;
pub(crate) mod line_board;
pub(crate) mod moment;
pub(crate) mod moves;
pub(crate) mod notices;
mod office;
pub(crate) mod overview;
pub(crate) mod packs;
pub(crate) mod queue;
pub(crate) mod receive;
pub(crate) mod recovered;
pub(crate) mod refresh;
pub(crate) mod reminders;
pub(crate) mod rows_after;
pub(crate) mod seconds;
pub(crate) mod settings;
pub(crate) mod shares;
pub(crate) mod shown;
pub(crate) mod slips;
pub(crate) mod sums;
pub(crate) mod surveys;
pub(crate) mod tickets;
pub(crate) mod uploads;
pub(crate) mod waiting;

pub(crate) use office::{Office, delivery, item, name};

/// Makes an empty store; called again, it makes another.
pub(crate) type Make<'a> = &'a dyn Fn() -> Box<dyn Store>;

/// All promises as tests. `$with`: an absolute path to what takes a check and calls it with a [`Make`].
macro_rules! suite {
    ($with:path) => {
        crate::storage::conformance::tests! { $with;
            accounts:
                an_officer_gets_a_scope_in_order_within_one_community
                a_code_enrols_one_phone_in_its_time
                a_number_that_was_given_before_changes_nothing
                of_two_who_use_a_code_at_once_one_is_enrolled
                reading_ends_for_the_first_reason_and_is_allowed_again;
            append:
                rows_are_numbered_linked_and_summed_stream_by_stream
                a_row_keeps_what_proves_it;
            apply:
                all_of_it_or_nothing
                a_panic_leaves_nothing_and_the_next_works
                one_after_the_other;
            areas:
                an_area_stays_as_it_was_first_added
                a_community_is_found_by_a_part_of_its_name_or_its_number
                opening_a_community_again_adds_only_what_lacks;
            attempt:
                what_fails_undoes_itself_alone
                what_the_machine_refuses_undoes_all
                one_within_another;
            board:
                shown_matters_are_listed_newest_first_page_after_page
                a_shown_matter_is_found_by_its_public_id_until_it_is_taken_down;
            bookings:
                a_persons_time_is_given_once_and_given_back_whole
                an_appointment_is_kept_found_by_its_day_and_door_and_when_it_is_due
                an_appointment_waits_until_a_time_is_agreed_or_it_is_over;
            cards:
                fields_with_two_values_are_listed_as_long_as_they_have_them
                doors_with_a_key_in_common_are_twins_until_somebody_says_that_they_are_two
                matters_without_a_door_and_refused_events_wait_to_be_looked_at
                a_decision_is_kept_found_and_taken_back_once;
            compaction:
                old_changes_are_let_go_and_read_as_before
                what_no_document_gives_back_stays;
            counts:
                what_figures_count_is_kept_by_matter_and_read_by_area
                ratings_stand_in_the_order_in_which_they_came
                what_was_never_counted_is_known_until_it_is;
            covers:
                what_was_made_of_a_photo_is_kept_in_its_order
                a_copy_that_nobody_kept_goes_and_with_its_photo_any;
            desks:
                a_name_is_taken_once_and_a_role_is_given_once
                a_session_ends_by_time_by_hand_and_with_its_owner;
            documents:
                a_document_is_kept_with_its_home_and_its_versions_are_counted
                a_matter_and_its_events_are_kept
                matters_are_due_in_the_order_of_their_moments
                the_phone_heard_of_longest_ago_is_known_by_stream;
            doors:
                a_grids_doors_come_by_id_with_their_card_and_the_years_asked_for;
            erasures:
                rows_whose_bytes_were_erased_count_as_before
                an_erasure_is_open_until_phones_and_backups_let_go;
            feeds:
                a_feed_is_read_by_the_hash_of_its_address_until_it_is_revoked
                an_officers_feed_ends_with_the_officer
                a_calendar_has_the_appointments_of_a_span_with_their_doors;
            finding:
                a_matter_is_found_by_any_two_signs_its_code_and_its_plate
                what_was_struck_or_moved_is_found_no_more
                what_may_be_the_same_is_named_the_likest_first;
            leases:
                a_lease_is_held_by_one_until_it_runs_out_or_is_given_back;
            line_board:
                what_is_due_first_comes_first_page_after_page
                matters_are_counted_by_state_due_date_lamp_and_hand;
            moment:
                what_is_written_meanwhile_is_not_seen
                what_the_look_returns_is_returned;
            moves:
                other_grids_are_a_new_version_and_the_same_ones_are_not
                a_phone_takes_a_scope_up_once_with_what_it_held
                what_a_revoked_phone_had_waiting_is_kept_apart
                what_left_a_stream_counts_there_no_more_and_moves_with_its_rows
                what_is_archived_counts_nowhere_and_keeps_the_rows_it_had
                by_which_streams_a_document_was_read_before_is_remembered;
            overview:
                a_day_of_a_community_is_counted_whole_and_listed_newest_first
                phones_are_listed_with_those_who_have_none
                buildings_count_their_doors_and_those_where_somebody_was_met
                tables_have_everything_once_in_a_steady_order;
            notices:
                notices_are_those_of_a_community_the_last_told_first;
            packs:
                packs_are_listed_newest_first_and_each_is_noted_once
                a_stream_gives_its_documents_and_what_was_told_in_it;
            queue:
                numbers_are_given_and_called_in_order_each_day_from_one_on;
            receive:
                what_is_new_waits_in_order_of_arrival
                the_same_again_changes_nothing_and_other_bytes_are_refused
                what_cheap_checks_found_is_put_aside_with_its_reason
                what_nobody_signed_has_no_name_and_is_bounded
                what_its_phone_wrote_again_is_superseded
                of_many_threads_everything_acknowledged_is_there;
            recovered:
                what_is_in_the_log_is_found_by_its_hash_and_may_have_two_names;
            refresh:
                a_token_is_good_until_its_successor_is_used
                a_challenge_gives_a_token_past_all_others_and_is_noted;
            reminders:
                a_newer_reminder_takes_the_place_of_an_older;
            rows_after:
                pieces_of_any_size_give_every_row_once_with_the_sum_of_where_they_lead
                a_stream_that_is_not_there_is_said;
            seconds:
                a_code_is_taken_once_and_none_before_it;
            settings:
                versions_follow_one_another_and_all_stay
                a_department_keeps_its_id_and_no_two_have_one_name;
            shares:
                a_document_is_shared_with_streams_of_its_own;
            shown:
                what_is_shown_again_takes_the_place_of_what_was;
            slips:
                a_stock_is_kept_whole_or_not_at_all
                the_first_matter_keeps_a_slip;
            sums:
                documents_have_the_sums_they_had_after_a_row;
            surveys:
                forms_are_those_of_a_community_and_answers_stand_by_visit;
            tickets:
                how_a_phone_does_is_noted_day_by_day
                a_lost_answer_fits_and_an_old_ticket_is_told
                a_ticket_moves_with_the_items_or_not_at_all;
            uploads:
                the_same_file_goes_on_and_quotas_hold
                a_kept_file_is_known_with_who_sent_it
                old_uploads_are_taken_away_but_those_that_go_on;
            waiting:
                what_waits_is_found_by_what_it_waits_for
                what_rests_on_an_item_put_aside_is_parked_however_far
                what_the_office_settled_is_aside_no_longer;
        }
    };
}

macro_rules! tests {
    ($with:path; $($part:ident: $($promise:ident)*;)*) => {
        $(mod $part {
            $(#[test]
            fn $promise() {
                $with(crate::storage::conformance::$part::$promise);
            })*
        })*
    };
}

pub(crate) use {suite, tests};
