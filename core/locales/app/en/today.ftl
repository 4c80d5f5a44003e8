## Today
last-contact = Office last reached { $when }. All of it works without a network.
next-door = Go to { $door }
round-done = Round done, see the stairs
saved-as =
    { $door }
    saved, { $state }
whole-round = The whole round
look-up = Look up
search = People, doors, matters
notices = Notices to read out
overdue-tasks = { $n ->
    [one] { $n } task overdue
   *[other] { $n } tasks overdue
}
sync-waiting = { $n ->
    [one] { $n } waits to be sent
   *[other] { $n } wait to be sent
}
ahead = { $n ->
    [one] { $n } door to go
   *[other] { $n } doors to go
}
tasks = { $n ->
    [one] { $n } task
   *[other] { $n } tasks
}
behind = { $n ->
    [one] { $n } door visited
   *[other] { $n } doors visited
}
office-trouble = { $n ->
    [one] { $n } thing needs a look, in the outbox
   *[other] { $n } things need a look, in the outbox
}
clock-wrong = This phone’s clock differs from the office’s by { $n } minutes. Set it to automatic in the phone’s settings.
room-little = The phone is nearly full. Delete photos and videos you no longer need; do not uninstall Minqing.

## before the door
promised-here = Promised
tick-promise = Tap when done
agreed-here = Times agreed
to-tell = To tell
things-to-tell = { $n ->
    [one] { $n } thing to tell
   *[other] { $n } things to tell
}
others-here = Also at home
last-visits = The last three visits
knock = Knock and record
go-on-draft = Go on with the draft
was-moved = Moved by the resident or the office. Tap: seen
to-be-confirmed = To be confirmed by the office
