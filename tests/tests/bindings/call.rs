//! The methods that the story calls by name.

use std::sync::Mutex;

use minqing_core::{client::Request, view::Listing};
use minqing_mobile_ffi::{Listener, Minqing, MinqingError, Response, Transport, TransportError};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Calls a method of the phone.
pub fn call(phone: &Minqing, method: &str, args: &[Value]) -> Result<Value, MinqingError> {
    let texts = |i: usize| arg::<String>(args, i);
    Ok(match method {
        "enrolment" => told(phone.enrolment()?),
        "record_household" => told(phone.record_household(arg(args, 0))?),
        "edit_household" => told(phone.edit_household(texts(0), arg(args, 1))?),
        "record_visit" => told(phone.record_visit(arg(args, 0))?),
        "register_matter" => told(phone.register_matter(arg(args, 0))?),
        "solve_on_spot" => told(phone.solve_on_spot(texts(0), texts(1))?),
        "households" => told(phone.households(arg(args, 0), arg(args, 1))?),
        "household" => told(phone.household(texts(0))?),
        "visit" => told(phone.visit(texts(0))?),
        "matter" => told(phone.matter(texts(0))?),
        "line_of" => told(phone.line_of(texts(0))?),
        "door_brief" => told(phone.door_brief(texts(0), texts(1))?),
        "to_tell" => told(phone.to_tell(texts(0), texts(1))?),
        "tell_resident" => told(phone.tell_resident(texts(0), texts(1))?),
        "tell_notice" => told(phone.tell_notice(texts(0), texts(1))?),
        "errands" => told(phone.errands()?),
        "bring_papers" => told(phone.bring_papers(texts(0), arg(args, 1), arg(args, 2))?),
        "give_feedback" => told(phone.give_feedback(texts(0), arg(args, 1))?),
        "rate_assisted" => told(phone.rate_assisted(texts(0), arg(args, 1), arg(args, 2))?),
        "ask_to_urge" => told(phone.ask_to_urge(texts(0), texts(1))?),
        "refused_work" => told(phone.refused_work(texts(0))?),
        "send_refused_again" => told(phone.send_refused_again(texts(0), arg(args, 1))?),
        "leave_refused" => told(phone.leave_refused(texts(0))?),
        "to_visit" => told(phone.to_visit(texts(0), arg(args, 1))?),
        "reviews" => told(phone.reviews()?),
        "today" => told(phone.today(texts(0))?),
        "search" => told(phone.search(texts(0), arg(args, 1), arg(args, 2), arg(args, 3))?),
        "forms" => told(phone.forms()?),
        "survey" => told(phone.survey(texts(0))?),
        "questions_asked" => told(phone.questions_asked(arg(args, 0))?),
        "prepare" => told(phone.prepare(texts(0), arg(args, 1))?),
        "attachments" => told(phone.attachments(texts(0))?),
        "files_waiting" => told(phone.files_waiting()?),
        "courier_bundles" => told(phone.courier_bundles(texts(0))?),
        "merge_address" => told(phone.merge_address()?),
        "merge_bundles" => told(phone.merge_bundles(texts(0), texts(1))?),
        "take_bundle" => told(phone.take_bundle(texts(0))?),
        "carried_bundles" => told(phone.carried_bundles()?),
        "carried_items" => told(phone.carried_items()?),
        "forget_bundle" => told(phone.forget_bundle(arg(args, 0))?),
        "leave_practice" => told(phone.leave_practice()?),
        "finish_contact" => told(phone.finish_contact()?),
        "appointments" => told(phone.appointments(arg(args, 0), arg(args, 1))?),
        "appointments_at" => told(phone.appointments_at(texts(0))?),
        "appointment" => told(phone.appointment(texts(0))?),
        "appointment_moves" => told(phone.appointment_moves(texts(0))?),
        "reminder" => told(phone.reminder(texts(0), texts(1))?),
        "visit_from_paper" => told(phone.visit_from_paper(texts(0), arg(args, 1))?),
        "edit_wishes" => told(phone.edit_wishes(texts(0), arg(args, 1))?),
        "appointments_to_arrange" => told(phone.appointments_to_arrange()?),
        "plan_round" => told(phone.plan_round()?),
        "round" => told(phone.round(texts(0))?),
        "propose_appointment" => told(phone.propose_appointment(arg(args, 0))?),
        "reschedule_appointment" => told(phone.reschedule_appointment(texts(0), arg(args, 1))?),
        "confirm_appointment" => told(phone.confirm_appointment(texts(0))?),
        "start_appointment" => told(phone.start_appointment(texts(0))?),
        "arrive_at_appointment" => told(phone.arrive_at_appointment(texts(0))?),
        "finish_appointment" => told(phone.finish_appointment(texts(0), arg(args, 1), texts(2))?),
        "nobody_in_at_appointment" => told(phone.nobody_in_at_appointment(texts(0), arg(args, 1))?),
        "cancel_appointment" => told(phone.cancel_appointment(texts(0), texts(1))?),
        "acknowledge_move" => told(phone.acknowledge_move(texts(0))?),
        "ask_history" => told(phone.ask_history(texts(0), arg(args, 1))?),
        "history" => told(phone.history(texts(0), arg(args, 1))?),
        "keep_draft" => told(phone.keep_draft(texts(0), texts(1), texts(2), texts(3))?),
        "drop_draft" => told(phone.drop_draft(texts(0))?),
        "drafts" => told(phone.drafts()?),
        "draft" => told(phone.draft(texts(0))?),
        "take_back" => told(phone.take_back(texts(0))?),
        "outbox" => told(phone.outbox(arg(args, 0), arg(args, 1), arg(args, 2))?),
        "notices" => told(phone.notices(texts(0))?),
        "clock_off_ms" => told(phone.clock_off_ms()?),
        "room" => told(phone.room()?),
        "wipe" => told(phone.wipe()?),
        "contact_in_ms" => told(phone.contact_in_ms()?),
        "begin_contact" => told(phone.begin_contact()?),
        _ => panic!("Rust does not call {method}"),
    })
}

fn arg<T: DeserializeOwned>(args: &[Value], index: usize) -> T {
    serde_json::from_value(args[index].clone()).unwrap_or_else(|e| panic!("argument {index}: {e}"))
}

fn told(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// A screen that wants to know which lists changed.
#[derive(Default)]
pub struct Ear(pub Mutex<Vec<Listing>>);

impl Listener for Ear {
    fn lists_changed(&self, lists: Vec<Listing>) {
        self.0.lock().unwrap().extend(lists);
    }
}

impl Ear {
    /// What it heard since the last time.
    pub fn heard(&self) -> Value {
        let heard = std::mem::take(&mut *self.0.lock().unwrap());
        let named = heard.iter().map(|list| match list {
            Listing::Households => "households",
            Listing::Visits => "visits",
            Listing::FollowUps => "follow_ups",
            Listing::Matters => "matters",
            Listing::Appointments => "appointments",
            Listing::Rounds => "rounds",
            Listing::Reviews => "reviews",
            Listing::Files => "files",
            Listing::Outbox => "outbox",
            Listing::Drafts => "drafts",
        });
        named.collect()
    }
}

/// A network on which nothing ever comes back.
pub struct Hanging;

#[async_trait::async_trait]
impl Transport for Hanging {
    async fn send(&self, _: Request) -> Result<Response, TransportError> {
        std::future::pending().await
    }
}
