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

## Appointments: state
appointment-state-requested = time to be found
appointment-state-proposed = to be confirmed
appointment-state-held = time kept, to be confirmed
appointment-state-confirmed = agreed
appointment-state-reminded = agreed, reminded
appointment-state-en-route = on the way
appointment-state-arrived = at the door
appointment-state-done = done
appointment-state-no-show-resident = went there, nobody in
appointment-state-missed-by-officer = nobody went
appointment-state-cancelled-by-resident = cancelled by the resident
appointment-state-cancelled-by-office = cancelled by the office

## Appointments: what happened
appointment-event-request = asked for
appointment-event-propose = time named
appointment-event-hold = time kept free
appointment-event-no-room = not free then
appointment-event-lapse = not confirmed, time is free again
appointment-event-confirm = agreed
appointment-event-remind = reminded
appointment-event-start = set out
appointment-event-arrive = at the door
appointment-event-done = done
appointment-event-nobody-in = nobody in
appointment-event-missed = nobody went
appointment-event-cancel = cancelled
appointment-event-reschedule = another time
appointment-event-acknowledge = move seen

## Appointments: what for
appointment-purpose-feedback = answer at the door
appointment-purpose-deliver = bring papers
appointment-purpose-collect = fetch papers
appointment-purpose-rating = take a rating
appointment-purpose-routine = regular visit
appointment-purpose-survey = survey
appointment-purpose-call-back = call back

## Appointments: why cancelled
cancel-reason-not-needed = not needed any more
cancel-reason-resident-cannot = the resident cannot
cancel-reason-officer-ill = the officer is ill
cancel-reason-weather = weather or road
cancel-reason-urgent = something urgent
cancel-reason-double = there is one already

## Appointments: why a time cannot be had
no-room-taken = the officer has an appointment then
no-room-off-work = the officer is not at work then
no-room-quiet = nobody is called on at that hour
no-room-too-soon = too soon
no-room-too-many = the officer's day is full
no-room-does-not-fit = this household needs another officer

## Who signed
signed-by-resident = the resident
signed-by-household = somebody of the household
signed-by-nobody = nobody had to

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
category-health = health
category-sanitation = sanitation
category-environment = environment
category-relief = relief
category-old-age-allowance = old-age allowance
category-housing = housing
category-culture = culture and sports
category-enlistment = enlistment
category-family = family planning
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
emergency-police = Police
emergency-fire = Fire brigade
emergency-medical = Ambulance
need-lives-alone = lives alone
need-hard-of-hearing = hard of hearing
need-poor-eyesight = poor eyesight
need-walks-badly = walks badly
need-chronic-illness = chronic illness
need-pregnant = pregnant
need-infant = infant
consent-contact = calls and messages
consent-needs = a record of special needs and health
consent-photos = photos at the door
brief-consent-contact = do not telephone
brief-consent-needs = write down nothing of their health
brief-consent-photos = take no photos

# Asked of whoever comes
door-need-female-officer = a woman
door-need-dialect = somebody who speaks the language of the home
door-need-sign-language = somebody who signs
door-need-two-persons = two persons

# What to bring
bring-answer = the answer in writing
bring-papers-list = the list of papers
bring-notice = the notice to tell
bring-certificates = papers for the resident
bring-rating-card = the rating card
bring-form = the form with its questions

## Languages
question-kind-text = text
question-kind-number = number
question-kind-one = one choice
question-kind-many = many choices
question-kind-date = date
question-kind-photo = photo
language-mandarin = Mandarin
language-lanzhou = Lanzhou dialect
language-hui = Hui speech
language-tibetan = Tibetan

## Events
event-register = registered
event-accept = accepted
event-refuse = not taken on
event-appeal = objection
event-solve-on-spot = settled on the spot
event-explain-refer = explained and referred
event-assign = assigned
event-sign = signed for
event-return = returned
event-transfer = transferred
event-need-papers = letter about missing papers
event-papers-in = papers brought
event-papers-lapse = papers not brought in time
event-escalate = sent to the superior
event-superior-answers = the superior's answer
event-superior-returns = returned by the superior
event-result = result
event-pass = result passed
event-extend = more time
event-feedback = feedback
event-rate = rating
event-reopen = taken up once more
event-call-back = call back
event-rating-window-ends = rating window ended
event-merge = merged
event-detach = detached
event-withdraw = withdrawn
event-void = void
event-urge = urged
event-note = internal note
event-send-back = sent back
event-co-assign = another department helps
event-end-task = its part is done
event-order = ordered
event-name = named
event-answer-order = order answered
event-ask-order = asked to urge
event-confirm = confirmed
event-decline = declined
event-take-in = another matter follows
event-let-go = no longer follows
event-draft-public = public text drafted
event-approve-public = public text approved
event-show-public = made public
event-take-down-public = taken down
event-keep-private = not to be public
event-tell = told
event-warn = nearly due
event-remind = reminded of papers

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
matter-state-accepted = accepted
matter-state-assigned = to be signed for
matter-state-handling = being handled
matter-state-papers = papers missing
matter-state-escalated = with the superior
matter-state-answered = answered by the superior
matter-state-review = awaiting review
matter-state-feedback = awaiting feedback
matter-state-follow-up = awaiting rating
matter-state-closed = closed
matter-state-refused = not taken on
matter-state-merged = merged
matter-state-withdrawn = withdrawn
matter-state-void = void

## The four stages
stage-acceptance = acceptance
stage-handling = time-limited handling
stage-feedback = publicity and feedback
stage-oversight = oversight

## Handling types
handling-type-immediate = on the spot
handling-type-promised = promised
handling-type-papers = papers
handling-type-escalated = escalated
handling-type-advice = advice
duty-department = Department
duty-street = Street
duty-community = Community

## Ways of feedback
feedback-way-fixed = always shown in the hall
feedback-way-collective = shown on boards
feedback-way-individual = in person
feedback-way-dispersed = by letter, telephone or online
feedback-way-appointment = at the door by appointment
feedback-way-special-reply = one reply to all with the same trouble

## Clocks
clock-total = total time
clock-accept = to accept
clock-sign = to sign for it
clock-handling = to handle it
clock-papers = to bring papers
clock-superior = with the superior
clock-answer = to answer after the superior's reply
clock-feedback = to give feedback
clock-rating = to rate
clock-publicity = to be public

## Lamps
lamp-none = in time
lamp-yellow = nearly due
lamp-red = overdue

## Supervision
supervision-order-none = none
supervision-order-urged = urged
supervision-order-ordered = ordered
supervision-order-named = named

## Public text
publication-none = undecided
publication-drafted = drafted
publication-approved = approved
publication-shown = public
publication-taken-down = taken down
publication-private = not public

## Outcomes
matter-outcome-solved = solved
matter-outcome-partly = partly solved
matter-outcome-not-solved-explained = not solved, explained
matter-outcome-explained-referred = explained and referred
matter-outcome-lapsed = lapsed without papers

## Why a matter is not taken on
refuse-reason-in-court = before a court or an arbitrator
refuse-reason-handled = the same is being handled already
refuse-reason-unclear = unclear what is wanted
refuse-reason-unlawful = against the law
refuse-reason-other = another reason

## Whether it is solved
solved-yes = solved
solved-partly = partly solved
solved-no = not solved

## What shows that somebody was told
proof-none = nothing
proof-signature = signature
proof-code = code

## Call backs
call-back-confirmed = confirmed as solved
call-back-not-solved = said not to be solved
call-back-not-reached = nobody reached

## Who contributed
contributor-street = street
contributor-community = community
contributor-unit = resident unit
contributor-superior = superior

# What to tell: said at the door
tell-accepted = Your matter ({ $category }) is accepted and will be settled by { $due }.
tell-accepted-open = Your matter ({ $category }) is accepted; we will tell you the date by which it will be settled.
tell-refused = Your matter ({ $category }) is not taken on: { $reason }. You may object once.
tell-papers = Your matter ({ $category }) still needs papers: { $papers }. It goes on when they are here.
tell-escalated = Your matter ({ $category }) is with the superior; we tell you within three working days of the answer.
tell-answered = The superior has answered your matter ({ $category }); we tell you the result within three working days.
tell-feedback = Your matter ({ $category }) has a result: { $reply }
tell-merged = Your matter ({ $category }) is handled together with your neighbours'; we keep telling you how it goes.
tell-handling = Your matter ({ $category }) has been taken up once more.
tell-extend = Your matter ({ $category }) needs more time: it will be settled by { $due }.
tell-notice = A notice, “{ $title }”: { $text }
tell-notice-for = A notice for { $names }, “{ $title }”: { $text }

# Before the bell
brief-age = { $n } years old
brief-resident = { $name }: { $about }
brief-colleague-today = A colleague was here today
brief-colleague-yesterday = A colleague was here yesterday

# Why somebody is to come
why-visit-feedback-overdue = answer overdue
why-visit-feedback-due = answer to bring
why-visit-papers = papers lacking
why-visit-follow-up = to come back for
why-visit-untold = a notice to tell
why-visit-cycle = time for a visit
to-visit-feedback-overdue = { $n ->
        [0] An answer is overdue since today
        [one] An answer is 1 day overdue
       *[other] An answer is { $n } days overdue
    }
to-visit-feedback-due = { $n ->
        [0] An answer is to be brought today
        [one] An answer is to be brought within 1 day
       *[other] An answer is to be brought within { $n } days
    }
to-visit-feedback-due-open = An answer is to be brought
to-visit-papers = { $n ->
        [0] Papers are to be complete today
        [one] Papers are to be complete within 1 day
       *[other] Papers are to be complete within { $n } days
    }
to-visit-papers-open = Papers are lacking
to-visit-follow-up = { $n ->
        [0] Promised for today
        [one] Promised for yesterday
       *[other] Promised for { $n } days ago
    }
to-visit-untold-open = A notice has not been told here
to-visit-cycle = { $n ->
        [one] No visit for 1 day
       *[other] No visit for { $n } days
    }
to-visit-cycle-open = Never visited
refusal-already-registered = This matter is registered already; it was not registered twice.
refusal-overtaken = A colleague was first. All you wrote is kept. Look at the latest state and send again if it is still needed.
refusal-not-allowed = The present state of this matter does not allow it. All you wrote is kept.
refusal-unknown-code = The office does not know this choice yet. Update the app and send again.
refusal-role = This step belongs to somebody else's duty.
refusal-type = This step is not for a matter of this type. All you wrote is kept.
refusal-incomplete = Something needed is missing. Complete it and send again.
refusal-bound = This was done as often as it may be. All you wrote is kept.
refusal-too-late = The time for this step is over. All you wrote is kept.
refusal-same-person = Another person has to confirm this step.
refusal-other-department = This matter lies with another department.
refusal-other-matter = The other matter does not fit.
refusal-nothing-such = Nothing of that kind was proposed or asked for.
refusal-already-rated = This resident has rated in this cycle already.
refusal-other-officer = It is another officer's appointment.

## States of a record
state-draft = draft
state-ready = ready to send
state-carried = a colleague’s, not at the office yet
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
salvaged = On { $when } the phone's file was found damaged. It was set aside, and what could be read was brought over: { $journal } actions, { $unsent } items not sent yet; { $unreadable } pages could not be read. The rest comes from the office with the next exchange.

## Errors: what happened and what to do
error-area-malformed = This area code is wrong. Choose from the list.
error-area-mismatch = Grid and community do not belong together. Choose the grid again.
error-address-empty = The address is empty. Fill in at least one part.
error-address-taken = This door is registered already. Open it to change it.
error-text-empty = This field must not be empty. Fill it in.
error-text-too-long = This text is too long. Shorten it or write two.
error-text-control = This text contains invisible control characters. Delete them and write again.
error-phone-malformed = This telephone number is wrong. Use digits, spaces and dashes only.
error-consent-withdrawn = This person does not agree that this is kept. Leave it empty, or ask whether they agree again.
error-year-malformed = This year of birth is wrong. Write four digits or leave it empty.
error-span-malformed = This span is wrong. Choose a day of the week, and a beginning before the end.
error-date-malformed = This date is wrong. Write it as 2026-09-21.
error-code-unknown = This choice is not known. Choose from the list.
error-id-malformed = This id is wrong. Open the record from the list again.
error-list-too-long = These are too many. Write them down separately.
error-papers-unknown = The letter does not list this paper.
error-proof-missing = You chose a signature, and nobody has signed.
error-proof-code = This is not the matter's code. Look at the slip.
error-slip-malformed = A slip's code has eight letters and digits. Look again, or scan it.
error-event-unknown = There is no such refused work; it may be dealt with already.
error-stars-range = Give one to five stars.
error-edit-empty = Nothing was changed.
error-form-unknown = This phone does not have this form or this version. Sync, then open it from the list.
error-form-name = A form's name has only small letters, digits and underscores.
error-form-version = This version is wrong: versions count from 1, and what was changed needs a greater one.
error-notice-unknown = There is no such notice. Sync, then open it from what is to be told.
error-notice-period = The notice's days are wrong: the last must not lie before the first, and a year at most.
error-notice-age = The ages are wrong: 0 to 150 years, and the least not above the greatest.
error-notice-withdrawn = This notice was taken back. To send it once more, change its words or its days.
error-list-empty = There must be at least one here.
error-question-name = A question's name has only small letters, digits and underscores, and stands once in its form.
error-question-choices = The choices are wrong: 2 to 30 different ones where something is chosen, none elsewhere.
error-question-range = The range is wrong: the least is not above the greatest, and only texts, numbers and many choices have one.
error-question-when = The condition is wrong: it names an earlier question with choices or a number, and values that it can have.
error-answer-unknown = The form has no such question, or it was answered twice.
error-answer-not-asked = After the answers before, this is not asked. Clear it.
error-answer-missing = This must be answered.
error-answer-malformed = This answer does not fit its question. Fill it in again.
error-answer-range = The answer is out of range. Check it.
error-household-coming = The records of this door are still on their way. Try again in a moment.
error-household-unknown = This phone does not have this household. Sync first, or register it.
error-history-unknown = No visits of that year lie at the office alone: what there is, is on this phone.
error-resident-unknown = This household does not have this resident. Refresh and try again.
error-visit-unknown = This phone does not have this visit. Refresh and try again.
error-follow-up-unknown = This phone does not have this follow-up. Refresh and try again.
error-matter-unknown = This phone does not have this matter. Refresh and try again.
error-appointment-not-agreed = This visit is not agreed yet. Wait until the office has confirmed the time.
error-appointment-unknown = This phone does not have this appointment. Refresh and try again.
error-slot-malformed = A time is on whole five minutes, for 5 to 240 minutes.
error-change-too-large = This is too much for one change. Save it in several steps.
error-frame-malformed = What was received cannot be read. Nothing is lost; it will be tried again.
error-frame-too-large = What was received is too large. Nothing is lost; it will be tried again.
error-document-malformed = This record cannot be read. Its bytes are kept; tell the office.
error-item-too-large = This record is too large. Shorten it and save again.
error-device-not-enrolled = This phone is not enrolled. Scan the code from the office.
error-device-enrolled = This phone is enrolled already.
error-undo-late = This has been sent, or was changed since, and cannot be taken back. To correct it, write another.
error-draft-too-large = This draft is too long. Save it, and begin another.
error-draft-too-many = There are too many drafts. Finish or delete some of them.
error-draft-unknown = There is no such draft; it may have been saved.
error-wipe-unsent = Some records have not reached the office yet, so nothing was wiped. Connect and upload first.
error-store-busy = Another program is using these records. Close it and try again.
error-enrolment-malformed = The answer to the enrolment cannot be read. Scan the code again.
error-exchange-not-running = No exchange is under way.
error-office-busy = The office's server is busy. Nothing is lost; sync again in a while.
error-office-failed = The office's server did not answer as it should. Nothing is lost; sync again in a while, and tell the office if it stays so.
error-office-unreachable = The office cannot be reached now. Nothing is lost; sync when there is a network.
error-key-malformed = This phone's key is wrong. Tell the office.
error-token-malformed = The pass cannot be read. Try again later.
error-store-failed = The phone could not save this record. Check its storage and try again.
error-store-damaged = The phone's file is damaged. The app brings over what can be read, the rest comes from the office; if you see this again, close the app and open it.
error-store-newer = These data were written by a newer app. Update the app.

## Pages
problem-session-missing = You are not signed in, or that has ended. Sign in at /office/sign-in.
arrived = { $name }’s phone is enrolled (number { $number }, { $when }).
problem-card-unknown = There is no such card here.
problem-card-settled = This card was settled a moment ago.
problem-card-disputed = Fields of these doors still hold two values. Settle those cards first.
problem-card-changed = Another value has come. Look at it before you decide.
problem-decision-undone = This was undone before.
problem-decision-overtaken = It was changed since and cannot be undone. Change the field itself.
matter-kind = Kind
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
day-said = { $weekday } { $day } { $month }
day-today = today
day-tomorrow = tomorrow
day-yesterday = yesterday
when-day = { $day }, { $clock }
plate-building = Bldg { $n }
plate-stairwell = stairwell { $n }
plate-floor = floor { $n }
plate-door = no. { $n }
problem-enrol-code-unknown = There is no such code. Check it, or ask the office for another.
problem-enrol-code-used = This code has been used. Ask the office for another.
problem-enrol-code-expired = This code has expired. Ask the office for another.
problem-enrol-key-malformed = The phone's keys are wrong. Open the app again and enrol.
problem-token-missing = There is no pass with this request. Enrol the phone first.
problem-token-malformed = This pass is wrong. Renew it and try again.
problem-token-expired = This pass has expired. Renew it and try again.
problem-token-failed = No pass could be made. Try again later.
problem-device-unknown = The office does not know this phone. Tell the office.
problem-refresh-unknown = This refresh token is an old one; the phone's data may have been restored. The app proves itself and goes on.
problem-refresh-signature = The signature of this renewal does not match. Tell the office.
problem-request-malformed = The request cannot be read. Update the app and try again.
problem-request-too-large = This is too much at once. Send it in parts.
problem-request-media-type = The request has the wrong format. Update the app and try again.
problem-wire-version = The app and the office's server speak different versions. What was written stays safe on this device; update whichever is older and sync again.
problem-exchange-under-way = Another sync of this device is under way. Nothing is lost; sync again in a moment.
problem-route-unknown = There is nothing at this address. Check it.
problem-route-method = This address cannot be used in this way. Update the app and try again.
problem-server-busy = The server is busy. Nothing is lost; try again later.
problem-server-failed = The server made a mistake. Nothing is lost; try again later, and tell the administrator if it stays.
problem-store-failed = The server's database failed. What was received is kept; tell the administrator.
problem-store-newer = These data were written by a newer server. Update the server.
problem-record-unknown = There is no such record. Refresh and try again.
problem-record-taken = This record exists already.
problem-form-stale = The page was open for too long. Try once more.
problem-second-wrong = These digits are wrong or were used before. Wait for the next ones; if it goes on, see whether the phone's clock is right.
problem-second-expired = That took too long. Sign in again.
problem-second-name = A name must not have a colon ({ $what }).
problem-sign-in-wrong = Name or password is wrong. See whether caps lock is on and try again.
problem-tries-too-many = These were too many tries. Try again in a while; nothing stays locked.
problem-right-missing = Your role may not do this. If you need it, ask the administrator for the role.
problem-desk-none = There is no desk for you yet. Ask the administrator for a role and a community that is open.
problem-device-reading-ended = The office has stopped sending records to this phone. What you write still arrives; have the phone checked at the office.
problem-device-revoked = The office has revoked this phone. Once all you wrote has arrived, the phone wipes itself; get another one at the office.
problem-refresh-reused = This token was used long ago; the phone's data may have been restored. Have the phone checked at the office; what was not sent still arrives.
problem-officer-disabled = This officer is disabled: { $what }. Enable them first, then make a code.
problem-staff-unknown = There is nobody of this name. Check it: minqing admin staff list.
problem-grant-area = This area is wrong: { $what }. Write the code of a community, street or district: 12, 9 or 6 digits.
problem-grant-unknown = They do not have this role for this area: { $what }. See minqing admin staff list.
problem-new-password-differs = The two new passwords differ. Write them again.
problem-new-password-length = The new password is too short or too long. At least { $what } characters.
problem-new-password-same = The new password is the present one. Choose another.
problem-new-password-old-wrong = The present password is wrong. See whether caps lock is on and try again.
problem-code-too-long = The server's address is too long for a square code. Ask the administrator to shorten public_url.
problem-password-failed = The password could not be processed. Tell the administrator.
problem-community-unknown = This community is not open: { $what }. Open it with minqing admin community add.
problem-grid-unknown = This community has no such grid: { $what }. Check it, or add grids first.
problem-grids-count = This number of grids is wrong: { $what }. Write 1 to 999.
problem-officer-unknown = There is no such officer: { $what }. Check the id.
problem-staff-taken = This name is taken. Add something to tell them apart, as a staff number.
problem-role-unknown = There is no such role: { $what }. Write C, L, H, S, D or A.
problem-background-unknown = There is no such background: { $what }. Write cadre, retiree, laid_off, ex_soldier or graduate.
problem-config-unknown = This setting is not known: { $what }. Compare config.default.toml.
problem-config-value = This setting has a wrong value: { $what }. Compare config.default.toml.
problem-config-malformed = Line { $what } of the settings file cannot be read. Check its format.
problem-config-file = The settings file cannot be opened: { $what }. Check the path.
problem-data-directory = The data directory cannot be used: { $what }. Check path and rights.
problem-key-file = The server's key file cannot be used: { $what }. Restore it from a backup; do not delete it.
problem-area-data = The area data are damaged: { $what }. Install the server again.
problem-start-failed = The server cannot start: { $what }.
problem-start-listen = Cannot listen on { $what }. Choose another port, or stop what uses it.
problem-cli-usage = This is not a command. See minqing --help.
problem-scope-unknown = The office has no such version of the grids' assignment. Ask the office to enrol the phone again.
problem-frame-malformed = What was sent cannot be read. Nothing is lost; try again later.
problem-frame-too-large = What was sent is too large. Nothing is lost; send it in parts.
problem-check-failed = The check failed: { $what } things differ. Leave the data as they are and tell the developers.
problem-aside-unknown = No such record is put aside, or it is settled already: { $what }. List them: minqing aside list.
problem-aside-unreadable = This record cannot be read, so it cannot be adopted. Return it to its officer, who can type it again.
problem-public-name = A resident's name stands in this text ({ $what }), and everybody may read it. Nothing was saved. Write it without the name.
problem-public-number = A number that may be a telephone's or an identity card's stands in this text ({ $what }). Nothing was saved. Leave it out; write days as 9月20日, and telephones of six digits at most.
problem-public-room = The room of the door stands in this text ({ $what }). Nothing was saved. Write the building at most.
problem-line-refused = The rules of the line do not allow this now ({ $what }). Nothing was changed.
problem-department-taken = The community has a department of this name already.
problem-department-unknown = There is no such department ({ $what }).
problem-line-none = No matter is chosen. Tick some cards first.
problem-line-too-many = At most { $what } matters at once. Choose fewer.
problem-matter-unknown = There is no such matter ({ $what }).
problem-appointment-unknown = There is no such appointment ({ $what }).
problem-appointment-refused = The rules of appointments do not allow this now ({ $what }). Nothing was changed.
problem-appointment-no-room = This time cannot be had ({ $what }). Nothing was changed; choose another one.
problem-aside-rules = This record would change what may only be written once, or speak for somebody else. Return it to its officer.
problem-aside-place = This record has no place in its officer's community. Return it to its officer, or register its door first.
error-record-unknown = Nothing of this record was put aside: { $what }.
error-item-unreadable = What was kept of this record cannot be read. Please type it again.
problem-backup-exists = There is a file of this name already: { $what }. Choose another name.
problem-backup-failed = The backup could not be written: { $what }. Check the path, the rights and the free space.
problem-restore-running = A server runs on { $what }. Stop it first.
problem-erase-file = The list of erasures { $what } cannot be read or written. Check the rights and the free space, then start again.
problem-erase-nothing = Nothing was named that is to be erased. Name a resident or a word.
problem-restore-file = { $what } cannot be read as a backup. Nothing was changed.
problem-restore-failed = The backup could not be put in place at { $what }. Check the rights and the free space; the data before lies beside it.
problem-start-locked = Another server runs on { $what }. Stop it first, or choose another directory.

## Demo
problem-challenge-unknown = This check has run out. Sync again.
error-contact-under-way = A sync is under way already. It brings what you wrote, too.
error-exchange-stale = Another task of this phone has just synced. Sync again.
quarantine-failed = The office's system failed at this record; its bytes are kept at the office.
quarantine-revoked = This phone was revoked; the bytes are kept at the office.
problem-envelope-unsigned = This phone has sent too many records with a wrong signature. Tell the office.
problem-store-damaged = Something in the database cannot be read. All that was received is kept; tell the administrator.
problem-stream-unknown = There is no such stream. Tell the administrator.
error-grid-not-yours = This grid is not yours to visit. Choose one of yours, or ask the office.
problem-store-conflict = What was to be stored does not fit beside what is. Nothing is lost; tell the administrator.

## Rosters and tables
level-city = city
level-district = district
level-street = street
level-community = community
level-grid = grid
problem-import-file = The table cannot be opened: { $what }. Check path and rights.
problem-table-empty = The table is empty. Its first line must be the header.
problem-table-encoding = The table is neither UTF-8 nor GB18030. Save it again as CSV UTF-8 or as XLSX.
problem-table-format = The table cannot be read ({ $what }). Save it again as CSV or XLSX.
problem-table-quote = A quotation mark in line { $what } of the table is never closed. Close it or delete it.
problem-table-too-large = The table is too large: at most { $what }. Split it.
problem-column-unknown = The column is not known: { $what }. Rename or delete it.
problem-column-missing = A column is missing: { $what }. Add it.
problem-column-repeated = A column stands twice: { $what }. Keep one of them.
problem-row-width = This row says something where there is no header. Put it under a header or delete it.
problem-row-repeated = The same person stands twice at this door. Keep one row.
problem-row-disputed = Two versions of this resident wait to be reviewed. Review them first, then import again.
problem-grid-differs = This door lies in another grid. Correct the grid.
problem-address-incomplete = This address names no single door. Write the room, or lane and door.
problem-household-unknown = There is no such household. Check the id, or leave it out.
problem-export-failed = The table could not be written: { $what }.
problem-export-too-many = These are more rows than a sheet holds ({ $what }). Export one community, or CSV.

## Doctor
problem-doctor-listen = This is no address and port to listen on: { $what }. Write it as 127.0.0.1:8311.
problem-doctor-public-url = Phones cannot reach { $what } from outside. Set public_url before you hand out codes.
problem-doctor-https = Phones would speak unencrypted to { $what }. Put a proxy with https in front and set public_url to it.
problem-doctor-open = The server listens beyond this machine ({ $what }) and speaks plain HTTP. Listen on 127.0.0.1 behind a proxy, unless a container's network lies between.
problem-doctor-metrics = Everybody may read /metrics. Set metrics.public to false unless a network keeps others out.
problem-doctor-directory = There is no data directory at { $what }. Check --data, or begin with minqing admin community add.
problem-doctor-rights = This user may not write in { $what }. Give the directory to the user the server runs as.
problem-doctor-open-directory = Others on this machine can look into { $what }. Run chmod 700 on it.
problem-doctor-open-key = Others on this machine can read the key { $what }. Run chmod 600 on it; if a stranger may have read it, tell the developers.
problem-doctor-server-key = The server's key { $what } is missing or damaged. Restore it from a backup; do not make a new one.
problem-doctor-disk = Only { $what } of the disk are free. Make room now: without it nothing more can be saved.
problem-doctor-disk-soon = { $what } of the disk are free, too little for a backup beside the database. Make room soon.
problem-doctor-wal = The write-ahead log has grown to { $what }. Something has been reading for very long; restart the server at a quiet time.
problem-doctor-database = The database cannot be read: { $what }. Leave the directory as it is; restore a backup in another one.
problem-doctor-integrity = The database is damaged: { $what }. Stop the server, copy the directory, restore a backup.
problem-doctor-version = The database is of an older version ({ $what }). The next minqing serve brings it up to date; make a backup first.
problem-doctor-chain = The end of the log does not hang together in: { $what }. Leave the directory as it is, run minqing rebuild --check, tell the developers.
problem-doctor-received = Items have been received and not applied for over ten minutes: { $what }. Restart the server; it applies them as it starts.
problem-doctor-held = Items have waited for another phone for over seven days: { $what }. Ask whose phone has not synced for long.
problem-doctor-aside = Items are put aside or wait for one that is: { $what }. Their bytes are kept; tell the developers what the log says of them.
problem-doctor-areas = The area tree has gaps: { $what }. Run minqing admin community add again; if it stays, tell the developers.
problem-doctor-clock = The machine's clock says { $what }, which cannot be: the log holds later times, or it is far off. Set the clock.

## Photos and voice
problem-upload-version = This is not the way of uploading that the server knows. Update the app and try again.
problem-upload-malformed = The upload request cannot be read. Update the app and try again.
problem-upload-unknown = There is no such upload, or it has expired. The app begins anew; nothing to do.
problem-upload-offset = The upload goes on at another place. The app asks and goes on; nothing to do.
problem-upload-too-long = More came than was announced; nothing of it was kept. The app tries again.
problem-upload-cut = The upload was cut. What arrived is kept, and the app goes on from there.
problem-upload-busy = This file is being sent right now. Wait a little; the app tries again by itself.
problem-upload-too-many-halves = This phone has too many half sent files. Those that finish make room; the app tries again by itself.
problem-upload-too-much-today = This phone has sent too much today. It goes on tomorrow by itself; the files stay on the phone.
problem-history-unknown = The office has no visits of that year, or the door is not yours to see.
problem-pack-unknown = The office has made a newer one. The phone asks for it by itself.
problem-attachment-unknown = There is no such file, or it is not yours to see. Refresh and try again.
problem-attachment-too-large = The file is too large for the office. Take another photo, or record in parts.
problem-attachment-kind = This is no photo or voice note that the office takes. It stays on the phone; tell the office.
problem-photo-no-patches = No box was drawn, so nothing would be covered. Drag a box over what is to be hidden and save again.
problem-photo-too-many-patches = Too many boxes. One photo takes at most { $what }; neighbours can be one.
problem-photo-patch-outside = Box { $what } does not fit: all four numbers are needed, in %, and it must lie within the photo. Mend it and save again.
problem-photo-too-many-covers = This photo was covered too often; no further copy is kept. Tell the administrator.
problem-attachment-unreadable = The photo cannot be opened; the office did not take it. It stays on the phone; take another one.
problem-attachment-mismatch = What came is not what the record says; nothing was kept. The app sends it again.
error-photo-kind = This is no photo. Choose a JPEG, PNG or WebP picture.
error-photo-too-large = The photo is too large a file. Take another one with the camera.
error-photo-too-many-pixels = The photo has too many pixels. Set the camera to a smaller size and take another one.
error-photo-unreadable = The photo cannot be opened; it may not be saved whole. Take another one.
error-voice-too-large = The recording is too long. Record it in parts.
error-file-kind = This kind of file is not known. Choose a photo or a voice note.
error-file-missing = This file cannot be found. Take the photo or record the note again.
error-file-unknown = This file is not on this phone, or was changed. Take the photo or record the note again.
error-record-missing = This phone does not have this record. Refresh and try again.
error-upload-not-running = No upload is under way.
file-state-at-office = at the office
file-state-waiting = to be sent
file-state-uploading = being sent
file-state-refused = not taken by the office

## Surveys
problem-form-unknown = There is no such form: { $what }. See minqing survey for all.
problem-form-malformed = The form cannot be read, at { $what }. Compare it with those in data/forms.
problem-form-file = This file cannot be read: { $what }.
problem-notice-unknown = There is no such notice: { $what }. See minqing admin notice list for all.
problem-notice-malformed = The notice cannot be read, at { $what }. Compare it with those in data/notices.
problem-notice-too-many = At most 50 notices are open at a time. Take back one that is not needed.

## The office's calendar
day-kind-working = working day
day-kind-make-up = make-up working day
day-kind-weekend = weekend
day-kind-holiday = public holiday
error-store-locked = This file is encrypted by another key and cannot be opened; it is left as it is. Do not reinstall; ask the office.
error-store-plain = This file is not encrypted, and this version opens encrypted ones only; it is left as it is. Ask the office.
error-practice-office = This is practice: nothing goes to the office or out of this phone. Leave practice to do real work.
error-practice-only = This is not practice; nothing was deleted.
error-bundle-address = This is not a colleague’s QR code, or not all of it was scanned. Scan it again.
error-bundle-author-unknown = Nothing in this bundle is signed by a phone of this office, so the office did not take it. Let the phone it came from send it itself, or ask the office.
error-bundle-empty = There is nothing to carry: all that is on this phone is at the office.
error-bundle-malformed = This file is no Minqing bundle, or it was damaged on the way. Ask your colleague to make it again.
error-bundle-newer = A newer version made this bundle. Update first, then open it.
error-bundle-no-office = This phone does not have the office’s keys yet. Sync once first.
error-bundle-not-for-me = This bundle is sealed for somebody else and cannot be opened here. Ask your colleague to scan this phone’s QR code and make it again.
error-bundle-own = This is this phone’s own. Open it on a colleague’s phone.
error-bundle-signature = Something in this bundle is not signed as it must be; nothing was taken. Ask your colleague to make it again.
error-bundle-signer-unknown = The office vouches for that phone by a new key that this phone does not know yet. Sync once first.
error-bundle-too-large = This bundle is too large and was not taken. Ask your colleague to make several.
error-bundle-too-many = This phone carries many bundles already. Bring them to the office first: sync.
error-bundle-unknown = This phone has no such bundle. Read the list again.
error-calendar-malformed = This year's list of holidays cannot be read. Check its year, dates and shape and upload it again.
error-calendar-hours = These office hours do not fit. Write them in the day's order, each opening before its closing, none over another.
error-time-malformed = This is not a time. Write it as 2026-09-30 or 2026-09-30T16:00, with a zone if you like.
day-of = { $kind } ({ $name })
day-provisional = { $day }, provisional
problem-calendar-days = Too many working days. At most { $what }.
problem-calendar-year = This year is not in the calendar. It has { $what }.
problem-calendar-file = The file { $what } cannot be opened. Check path and rights.
problem-calendar-too-large = The file is too large. At most { $what } KiB.
problem-calendar-other-year = The file is not of the year { $what }. Check it and upload it again.
problem-calendar-no-office = There is no office's data in { $what }. Check --data.
problem-doctor-decree = The holidays of { $what } are not uploaded yet. Upload them with minqing calendar upload.

## Settings
problem-setting-unknown = There is no such setting ({ $what }).
problem-setting-changed = Somebody else has changed this setting meanwhile. Look at the new one first.
problem-setting-malformed = This setting cannot be read ({ $what }). Compare it with the description.
problem-setting-length = This length does not fit ({ $what }). Write working days within the range; only handling may be counted in hours.
problem-setting-public = Matters of this category ({ $what }) are never published one by one.
problem-setting-from = This moment does not fit: not before now, a year ahead at most; calendar and departments change at once.

## Slips
problem-letter-sent = This letter has come already, and its code and PIN were shown once. To write another one, write it below.
problem-slip-count = This is no number of slips. Write 1 to { $what }.
problem-slip-taken = One of the codes is in use already; nothing of this stock was kept. Make it once more.
problem-slip-wrong = Code and PIN do not belong together. Check both and try again.
problem-matter-registered = This matter is registered already. Look at it there; nothing more is to be done.
problem-slip-bound = This slip belongs to another matter. Take another one, or leave the field empty and print one.
problem-slip-unknown = There is no such slip. Look at its code again, or leave the field empty and print one.
problem-window-door = It is not clear which door is meant. Choose one below, or leave this field empty and write the place.
problem-window-number = There is no such number today. Look at the numbers on the page of the window.

## Calendars
feed-name-officer = Door visits
feed-name-community = The community's appointments
feed-visit = visit
feed-what-where = { $what } · { $where }
feed-to-be-confirmed = (to be confirmed) { $what }
problem-feed-unknown = There is no such calendar, or it was revoked. Ask the office for a new address.
cli-admin-feed = Calendars of appointments
cli-admin-feed-add = Makes a calendar of a community or one officer; its address is shown once
cli-admin-feed-list = Lists a community's calendars
cli-admin-feed-revoke = Revokes a calendar: its address is not there any more
cli-arg-feed = The calendar's id, 22 characters
cli-did-feed = The calendar is made, id { $id }, address { $address }. It is shown this once; whoever has it can read.
cli-did-feed-list = Calendars: { $count }
cli-feed = { $id }  officer { $officer }
cli-feed-revoked = { $id }  officer { $officer } (revoked)
cli-did-feed-revoke = The calendar { $id } is revoked
cli-did-feed-revoke-before = The calendar { $id } was revoked before; nothing changed

## Paper rounds
error-paper-unknown = This is no code of a paper round. Hold the camera on the row to be entered and scan it again.
error-paper-entered = This row was entered already. To change it, open that visit.
error-paper-other-officer = This paper is another officer's round. They enter it themselves, or the office does.
error-paper-early = This paper's day is still to come. Check its date.
error-paper-survey = A paper round takes no form. Enter the visit; the form is filled in at the door.
problem-paper-too-long = A sheet has { $what } doors at most. Print them in parts.
problem-appointment-no-time = No time was named for this appointment yet ({ $what }). Name one, then print.
reminder-text = [Minqing] { $time }: { $what }. Please be in.
reminder-text-code = [Minqing] { $time }: { $what }. Please be in. To look, move or cancel, use the code { $code }.
time-span = { $day }, { $from }–{ $until }

## Rounds
error-round-malformed = This day cannot be planned: something in it does not fit. Look at doors, times and officers.
error-round-too-large = This day is too large to be planned at once. Plan one grid at a time.
problem-round-day = { $what } is over and cannot be planned. Choose today or a later day.
problem-round-officers = Grid { $what } is no officer’s home, so there is nobody to plan for. Say first, in an officer’s settings, who walks it.
problem-round-malformed = This day cannot be planned: { $what } does not fit. Correct it and plan again.
problem-round-too-large = This day is too large to be planned at once ({ $what }). Plan one grid at a time: 2,000 stops and 500 officers at most.
problem-check-rounds = A plan broke a promise ({ $what }) and was not given out. Please report this.
problem-plan-file = The file { $what } cannot be opened. Check path and rights.
problem-plan-malformed = The file is neither a day in JSON nor one of Solomon's; line { $what } cannot be read. Compare it with docs/ROUNDS.md.
problem-plan-too-large = The file is too large. At most { $what } MiB.
problem-plan-seconds = This is no time to plan in. Write { $what } seconds.
problem-buildings-file = The file { $what } cannot be opened. Check path and rights.
problem-buildings-malformed = Line { $what } of the table cannot be read. Each needs estate, building, lat and lon, in degrees of WGS 84.
problem-buildings-too-large = The table is too large: at most { $what }.
problem-footways-file = The file { $what } cannot be opened. Check path and rights.
problem-footways-malformed = The file is no GeoJSON; { $what } cannot be read. Export the ways from OpenStreetMap again.
problem-footways-too-large = There are too many ways: at most { $what }. Export those of the district alone.
problem-footways-none = Nobody can walk on anything in this file. Export the ways with their tag highway.
