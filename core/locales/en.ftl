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
error-form-unknown = This phone does not have this form or this version. Sync, then open it from the list.
error-form-name = A form's name has only small letters, digits and underscores.
error-form-version = This version is wrong: versions count from 1, and what was changed needs a greater one.
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
error-history-changed = The office's system was restored from a backup. Your records are on this phone; tell the office.
error-key-malformed = This phone's key is wrong. Tell the office.
error-token-malformed = The pass cannot be read. Try again later.
error-store-failed = The phone could not save this record. Check its storage and try again.
error-store-newer = These data were written by a newer app. Update the app.
## Pages
office-brand = Minqing
office-plate = Community office
office-only-staff = the office, for staff only
office-skip = Skip to the text
office-menu = Menu
office-fold = Fold up
office-today = Today
office-phones = People and phones
office-visits = Today's visits
office-matters = Matters
office-summary = Visits: { $visits }, matters received: { $matters }
office-summary-phones = Officers: { $officers }, phones: { $phones }
office-updated = Updated
office-more = Earlier visits not shown: { $n }
office-no-visits = No visits have come in today
office-no-visits-do = Phones send by themselves when there is a network. If nothing comes, see below whose phone has been silent.
office-no-matters = No matters yet
office-no-matters-do = What officers register on their phones appears here.
office-no-officers = No officers yet
office-no-officers-do = Ask the administrator to add officers, and a code for each phone:
office-no-phone = no phone enrolled yet
office-no-plate = household not here yet
office-never = never
office-silent = silent for over { $hours } hours: get in touch
office-clone = looks like two copies of one phone: please check
office-lamps = to look at
column-time = Time
column-door = Door
column-outcome = Outcome
column-note = Note
column-officer = Officer
column-code = Code
column-category = Category
column-text = What
column-state = State
column-app = App
column-last = Last synced
column-lamp = Look at
sign-in-title = Sign in
sign-in-name = Name
sign-in-password = Password
sign-in-go = Sign in
sign-in-forgot = Forgot the password? Ask the administrator.
sign-out = Sign out
trouble-title = Something went wrong
trouble-back = Back to today
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
when-today = today { $clock }
when-yesterday = yesterday { $clock }
when-day = { $day }, { $clock }
plate-building = Bldg { $n }
plate-stairwell = stairwell { $n }
plate-floor = floor { $n }
plate-door = no. { $n }
serve-listening = Serving at http://{ $at }
cli = The server of a Minqing office
cli-serve = Starts the server
cli-admin = Sets up communities, people and codes
cli-admin-community = Communities
cli-admin-community-add = Opens a community with its grids; repeating only adds what lacks
cli-admin-officer = Information officers
cli-admin-officer-add = Adds an officer
cli-admin-code = Makes a code that enrols one phone of an officer
cli-admin-staff = Office staff
cli-admin-staff-add = Adds somebody to the office; the password is shown once
cli-usage = Usage
cli-commands = Commands
cli-values = Values
cli-options = Options
cli-arg-help = Shows this help
cli-arg-version = Shows the version
cli-arg-data = Data directory
cli-arg-config = Settings file, over the defaults
cli-arg-json = One line of JSON on stdout, nothing else there
cli-arg-lang = Language: zh or en
cli-arg-listen = Address and port to listen on
cli-arg-code = Community code, 12 digits
cli-arg-grids = Number of grids, from 001
cli-arg-name = Name
cli-arg-community = Community code, 12 digits
cli-arg-grid-list = Grids, 15 digits or the last three, with commas between
cli-arg-background = Background: cadre, retiree, laid_off, ex_soldier, graduate
cli-arg-party-member = Party member or not
cli-arg-officer = The officer's id, 22 characters
cli-arg-role = Role: C clerk, L community lead, A administrator
cli-did-community = Community { $code } is open; new grids: { $grids }.
cli-did-officer = Officer added, id { $id }
cli-did-code = Code { $code }, valid for { $hours } hours, once. Link: { $link }
cli-did-staff = { $name } can sign in. Password (shown only now): { $password }
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
problem-route-unknown = There is nothing at this address. Check it.
problem-route-method = This address cannot be used in this way. Update the app and try again.
problem-server-busy = The server is busy. Nothing is lost; try again later.
problem-server-failed = The server made a mistake. Nothing is lost; try again later, and tell the administrator if it stays.
problem-store-failed = The server's database failed. What was received is kept; tell the administrator.
problem-store-newer = These data were written by a newer server. Update the server.
problem-record-unknown = There is no such record. Refresh and try again.
problem-record-taken = This record exists already.
problem-form-stale = The page was open for too long. Try once more.
problem-sign-in-wrong = Name or password is wrong. See whether caps lock is on and try again.
problem-password-failed = The password could not be processed. Tell the administrator.
problem-community-unknown = This community is not open: { $what }. Open it with minqing admin community add.
problem-grid-unknown = This community has no such grid: { $what }. Check it, or add grids first.
problem-grids-count = This number of grids is wrong: { $what }. Write 1 to 999.
problem-officer-unknown = There is no such officer: { $what }. Check the id.
problem-staff-taken = This name is taken. Add something to tell them apart, as a staff number.
problem-role-unknown = There is no such role: { $what }. Write C, L or A.
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
cli-rebuild = makes everything again from the log alone and compares
cli-arg-check = only compares, changes nothing
cli-aside = records that were put aside
cli-aside-list = lists them, oldest first
cli-aside-adopt = writes one's content in its officer's name
cli-aside-return = tells its officer to write it anew
cli-arg-item = as the list gives it: device, opening and number
cli-did-aside-list = { $count } records were put aside and wait for the office.
cli-did-aside-adopt = { $item }: its content is in the log now, in its officer's name.
cli-did-aside-return = { $item }: its officer is told to write it anew.
problem-aside-unknown = No such record is put aside, or it is settled already: { $what }. List them: minqing aside list.
problem-aside-unreadable = This record cannot be read, so it cannot be adopted. Return it to its officer, who can type it again.
problem-aside-rules = This record would change what may only be written once, or speak for somebody else. Return it to its officer.
problem-aside-place = This record has no place in its officer's community. Return it to its officer, or register its door first.
error-record-unknown = Nothing of this record was put aside: { $what }.
error-item-unreadable = What was kept of this record cannot be read. Please type it again.
cli-backup = writes a backup of everything, also while the server runs
cli-restore = puts a backup in the place of the data directory; stop the server first
cli-arg-file = the backup's file
cli-did-backup = Backup written to { $file }: { $files } files, { $bytes } bytes. Keep it safe: residents' data and the server's keys are in it.
cli-did-restore = Restored. Phones bring back what they hold when they next reach the server. { $before ->
    [""] { "" }
   *[other] What was there before lies in { $before }.
  }
problem-backup-exists = There is a file of this name already: { $what }. Choose another name.
problem-backup-failed = The backup could not be written: { $what }. Check the path, the rights and the free space.
problem-restore-running = A server runs on { $what }. Stop it first.
problem-restore-file = { $what } cannot be read as a backup. Nothing was changed.
problem-restore-failed = The backup could not be put in place at { $what }. Check the rights and the free space; the data before lies beside it.
problem-start-locked = Another server runs on { $what }. Stop it first, or choose another directory.
cli-did-rebuild-good = { $rows } log rows, { $documents } documents: made again, all the same.
cli-did-rebuild-bad = { $rows } log rows, { $documents } documents. Broken { $broken }, unsigned { $unsigned }, unreadable { $unreadable }, documents differ { $docs }, rows differ { $shown }.

## Demo
demo-title = { $days } days, { $officers } officers, { $households } households, seed { $seed }
demo-walking = { $date } officer { $officer }
demo-visits = Visits: { $recorded } recorded, { $office } at the office
demo-matters = Matters: { $recorded } recorded, { $office } at the office
demo-surveys = Surveys: { $recorded } recorded, { $office } counted at the office
demo-conflicts = Edited by two, to be reviewed: { $n }
demo-lost = Lost: { $n }
demo-destroyed = Unsent records destroyed by restoring an old backup: { $n }
demo-diverged = Phones that differ from the office: { $n }
demo-broken = Log rows missing or broken: { $n }
demo-traffic = { $requests } requests, { $up } KB up, { $down } KB down, { $seconds } seconds
demo-good = Everything arrived, nothing is missing.
demo-bad = Something is wrong: see the lines above that are not 0.
demo-address = Open { $url }/office; the server's clock stands at { $date } 18:30 (virtual time). Data in { $dir }
demo-sign-in = { $role }: name { $name }, password { $password }
demo-stop = Ctrl-C stops it.
problem-challenge-unknown = This check has run out. Sync again.
error-exchange-stale = Another task of this phone has just synced. Sync again.
quarantine-failed = The office's system failed at this record; its bytes are kept at the office.
problem-envelope-unsigned = This phone has sent too many records with a wrong signature. Tell the office.
problem-store-damaged = Something in the database cannot be read. All that was received is kept; tell the administrator.
problem-stream-unknown = There is no such stream. Tell the administrator.
error-grid-not-yours = This grid is not yours to visit. Choose one of yours, or ask the office.
problem-store-conflict = What was to be stored does not fit beside what is. Nothing is lost; tell the administrator.

cli-admin-form = Forms
cli-admin-form-add = Gives a community a form, or a form its next version
cli-arg-form-file = The form, a JSON file
cli-arg-form = The form's id, 22 characters; without it all forms are listed
cli-survey = Sums up the answers to a form; without a form lists the forms
cli-did-form = The form is in the community, id { $id }, version { $version }
cli-did-form-before = Version { $version } of the form { $id } was there already; nothing changed
cli-survey-forms = Forms: { $n }
cli-survey-form = { $form }  { $title } (version { $version })
cli-survey-head = { $title } (version { $version }), filled in: { $n }
cli-survey-question = { $title }  asked { $asked }, answered { $answered }
cli-survey-choice = { $title }: { $n }
cli-survey-number = mean { $mean }, least { $min }, greatest { $max }
cli-survey-texts = texts: { $n }
problem-form-unknown = There is no such form: { $what }. See minqing survey for all.
problem-form-malformed = The form cannot be read, at { $what }. Compare it with those in data/forms.
problem-form-file = This file cannot be read: { $what }.
office-surveys = Surveys
office-form-title = { $title } (version { $version })
office-form-filled = filled in: { $n }
office-answered = { $answered } of { $asked } asked
office-no-forms = No forms yet
office-no-forms-do = Add a form: phones have it after their next exchange.
office-surveys-note = Texts are only counted; the words stand with the visits.
column-question = Question
column-answered = Answered
column-answers = Answers
