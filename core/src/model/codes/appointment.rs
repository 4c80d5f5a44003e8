//! The closed lists of appointments at the door. Events are numbered from 101, apart from those of matters, for both travel as one kind of item.

use super::key_in;

codes! {
    /// Where an appointment stands.
    AppointmentState "appointment-state" {
        /// Wanted, with windows in which somebody may come.
        Requested = 1 "requested",
        /// A time was named; it is to be confirmed.
        Proposed = 2 "proposed",
        /// The time is kept free, for a while.
        Held = 3 "held",
        /// Promised.
        Confirmed = 4 "confirmed",
        /// Promised, and said once more.
        Reminded = 5 "reminded",
        /// Somebody is on the way.
        EnRoute = 6 "en_route",
        /// At the door.
        Arrived = 7 "arrived",
        /// Done.
        Done = 8 "done",
        /// Nobody was in.
        NoShow = 9 "no_show_resident",
        /// Nobody came.
        Missed = 10 "missed_by_officer",
        /// Cancelled by the resident.
        CancelledResident = 11 "cancelled_by_resident",
        /// Cancelled by the office.
        CancelledOffice = 12 "cancelled_by_office",
    }
}

codes! {
    /// What happens to an appointment.
    AppointmentEvent "appointment-event" {
        /// Somebody is to come.
        Request = 101 "request",
        /// A time is named.
        Propose = 102 "propose",
        /// The server keeps it free.
        Hold = 103 "hold",
        /// It is not free: the server names others.
        NoRoom = 104 "no_room",
        /// Nobody confirmed it in time.
        Lapse = 105 "lapse",
        /// It is promised.
        Confirm = 106 "confirm",
        /// It is said once more.
        Remind = 107 "remind",
        /// The officer sets out.
        Start = 108 "start",
        /// The officer is at the door.
        Arrive = 109 "arrive",
        /// It is done.
        Done = 110 "done",
        /// Nobody is in.
        NobodyIn = 111 "nobody_in",
        /// Nobody came.
        Missed = 112 "missed",
        /// It is not wanted any more, or not possible.
        Cancel = 113 "cancel",
        /// Another time is named for the same appointment.
        Reschedule = 114 "reschedule",
        /// The officer has seen that a promise was moved.
        Acknowledge = 115 "acknowledge",
    }
}

codes! {
    /// What somebody comes for.
    AppointmentPurpose "appointment-purpose" {
        /// To bring an answer.
        Feedback = 1 "feedback",
        /// To bring papers or certificates.
        Deliver = 2 "deliver",
        /// To fetch papers.
        Collect = 3 "collect",
        /// To take a rating.
        Rating = 4 "rating",
        /// The regular visit.
        Routine = 5 "routine",
        /// To ask for opinions.
        Survey = 6 "survey",
        /// To ask again after a matter.
        CallBack = 7 "call_back",
    }
}

codes! {
    /// Why an appointment is cancelled.
    CancelReason "cancel-reason" {
        /// It is not needed any more.
        NotNeeded = 1 "not_needed",
        /// The resident cannot.
        ResidentCannot = 2 "resident_cannot",
        /// The officer is ill.
        OfficerIll = 3 "officer_ill",
        /// The weather, or a closed road.
        Weather = 4 "weather",
        /// Something that may not wait.
        Urgent = 5 "urgent",
        /// There is one already.
        Double = 6 "double",
    }
}

codes! {
    /// Why a time cannot be had.
    NoRoomReason "no-room" {
        /// The officer has another appointment then.
        Taken = 1 "taken",
        /// The officer is not at work then.
        OffWork = 2 "off_work",
        /// Nobody is called on at that hour.
        Quiet = 3 "quiet",
        /// It is too soon.
        TooSoon = 4 "too_soon",
        /// The officer has as many doors that day as may be.
        TooMany = 5 "too_many",
        /// The officer does not meet what this household needs.
        DoesNotFit = 6 "does_not_fit",
    }
}

codes! {
    /// Who signed for what was brought.
    SignedBy "signed-by" {
        /// The resident.
        Resident = 1 "resident",
        /// Somebody of the household.
        Household = 2 "household",
        /// Nobody had to.
        Nobody = 3 "nobody",
    }
}

codes! {
    /// What a household asks of whoever comes.
    DoorNeed "door-need" {
        /// A woman.
        FemaleOfficer = 1 "female_officer",
        /// Somebody who speaks what is spoken there.
        Dialect = 2 "dialect",
        /// Somebody who signs.
        SignLanguage = 3 "sign_language",
        /// Two persons.
        TwoPersons = 4 "two_persons",
    }
}
