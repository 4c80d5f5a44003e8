## Appointments
agenda = My appointments
agenda-more = What is agreed and what is to be arranged
agenda-none = Nothing is agreed. At the door, ask for a time.
moved-to-see = Moved: please look
to-arrange = To be arranged
no-time-yet = No time yet
how-it-stands = Now
to-be-confirmed-more = It counts once the office has kept the time free; the next contact tells
was-moved-to = Moved to { $at }
seen-moved = I have seen it
other-times = No room then; instead
do-confirm = The resident agrees
do-start = I set out
do-arrive = I am at the door
do-finish = Done
do-nobody-in = Nobody is in
do-remind = Remind by text message
do-remind-more = By this phone's own messages; you press send
do-move = Another time
do-cancel = Call it off
who-signed = Who signed?
card-left = Was a card left?
card-yes = Yes
card-no = No
why-cancel = Why is it called off?
see-also = See also
to-door = The door
to-matter = The matter
minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
propose = Name a time for a visit
propose-more = Ask the resident first
q-purpose = What for?
q-day = Which day?
q-time = What time?
time-taken = taken
instead-of = Instead of { $at }
propose-done = Agree
nobody-in-more = Noted by one tap
