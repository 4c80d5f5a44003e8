# Minqing: every sentence on screens, pages and messages. Keys never change meaning; Chinese is in zh-CN.ftl.

## Why an officer knocks
purpose-routine = routine visit
purpose-follow-up = come back
purpose-survey = survey
purpose-feedback = bring an answer
purpose-care = look after

## How a visit ended
outcome-talked = talked
outcome-nobody-in = nobody in
outcome-refused = refused

## Kinds of matters
matter-kind-application = application
matter-kind-complaint = complaint
matter-kind-help = help
matter-kind-suggestion = suggestion
matter-kind-enquiry = enquiry

## Intake channels
channel-platform = platform
channel-door = at the door
channel-liaison = liaison
channel-call-centre = call centre
channel-hall = hall

## Categories
category-safety = public safety
category-mediation = neighbours
category-utilities = utilities
category-sanitation = sanitation
category-environment = environment
category-old-age-allowance = old-age allowance
category-culture = culture and sports
category-enlistment = enlistment
category-servicemen = servicemen's families
category-employment = employment
category-care = old and young

## Who is affected
affected-household = this household
affected-stairwell = the stairwell
affected-building = the building
affected-estate = the estate
affected-community = the community

## Needs
need-lives-alone = lives alone
need-hard-of-hearing = hard of hearing
need-poor-eyesight = poor eyesight
need-walks-badly = walks badly
need-chronic-illness = chronic illness
need-pregnant = pregnant
need-infant = infant

## Languages
language-mandarin = Mandarin
language-lanzhou = Lanzhou dialect
language-hui = Hui speech
language-tibetan = Tibetan

## Events
event-register = registered
event-solve-on-spot = settled on the spot
event-note = internal note

## Roles
role-resident = resident
role-officer = officer
role-clerk = clerk
role-lead = community lead
role-department = department
role-supervisor = supervisor
role-delegate = delegate
role-administrator = administrator
role-system = system

## States of a matter
matter-state-registered = registered
matter-state-feedback = awaiting feedback

## Why an event was refused
refusal-already-registered = This matter is registered already; it was not registered twice.
refusal-overtaken = A colleague was first. All you wrote is kept. Look at the latest state and send again if it is still needed.
refusal-not-allowed = The present state of this matter does not allow it. All you wrote is kept.
refusal-unknown-code = The office does not know this choice yet. Update the app and send again.
refusal-role = This step belongs to somebody else's duty.

## States of a record
state-draft = draft
state-ready = ready to send
state-sending = sending
state-received = received
state-applied = at the office
state-needs-review = needs review
state-refused = refused
state-parked = parked
state-practice = practice

## Why an item was put aside
quarantine-malformed = This record is damaged; its bytes are kept at the office.
quarantine-oversize = This record is too large; its bytes are kept at the office.
quarantine-foreign-actor = This record was not written by this phone; its bytes are kept at the office.
quarantine-out-of-scope = This door is not in your grids; the bytes are kept at the office.
quarantine-dead-document = This record is no longer in use; the bytes are kept at the office.
quarantine-signature = The signature of this record does not match; its bytes are kept at the office.

## Today
today-visits = Today { $n ->
        [one] 1 visit
       *[other] { $n } visits
    }: { $office } at the office
offline-normal = offline (normal); sends by itself when there is a network

## Errors: what happened and what to do
error-area-malformed = This area code is wrong. Choose from the list.
error-area-mismatch = Grid and community do not belong together. Choose the grid again.
error-address-empty = The address is empty. Fill in at least one part.
error-address-taken = This door is registered already. Open it to change it.
error-text-empty = This field must not be empty. Fill it in.
error-text-too-long = This text is too long. Shorten it or write two.
error-text-control = This text contains invisible control characters. Delete them and write again.
error-phone-malformed = This telephone number is wrong. Use digits, spaces and dashes only.
error-year-malformed = This year of birth is wrong. Write four digits or leave it empty.
error-date-malformed = This date is wrong. Write it as 2026-09-21.
error-code-unknown = This choice is not known. Choose from the list.
error-id-malformed = This id is wrong. Open the record from the list again.
error-list-too-long = These are too many. Write them down separately.
error-edit-empty = Nothing was changed.
error-household-unknown = This phone does not have this household. Sync first, or register it.
error-resident-unknown = This household does not have this resident. Refresh and try again.
error-visit-unknown = This phone does not have this visit. Refresh and try again.
error-follow-up-unknown = This phone does not have this follow-up. Refresh and try again.
error-matter-unknown = This phone does not have this matter. Refresh and try again.
error-change-too-large = This is too much for one change. Save it in several steps.
error-frame-malformed = What was received cannot be read. Nothing is lost; it will be tried again.
error-frame-too-large = What was received is too large. Nothing is lost; it will be tried again.
error-document-malformed = This record cannot be read. Its bytes are kept; tell the office.
error-item-too-large = This record is too large. Shorten it and save again.
error-device-not-enrolled = This phone is not enrolled. Scan the code from the office.
error-device-enrolled = This phone is enrolled already.
error-enrolment-malformed = The answer to the enrolment cannot be read. Scan the code again.
error-exchange-not-running = No exchange is under way.
error-exchange-running = The last exchange has not ended yet.
error-history-changed = The office's system was restored from a backup. Your records are on this phone; tell the office.
error-key-malformed = This phone's key is wrong. Tell the office.
error-token-malformed = The pass cannot be read. Try again later.
error-store-failed = The phone could not save this record. Check its storage and try again.
error-store-newer = These data were written by a newer app. Update the app.
