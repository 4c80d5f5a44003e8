## stairwells
no-doors = No doors yet
no-doors-more = Once the office was reached, the doors of your grid are here.
floor = Fl. { $n }

## telling
tell-hint = Read them out one by one, tick each
tick-told = Tick when told
told = Told
told-of = Done, { $n } of { $of } told
news-matter = News of a matter
news-more-time = More time given
news-notice = Notice

## search
search-label = Name, plate, phone, pinyin initials
search-hint = Two characters will do
search-again = Search again
found = { $n ->
    [one] { $n } found
   *[other] { $n } found
}
found-nothing = Nothing found
found-nothing-more = Try two characters of the name, or the initials of its pinyin.

## notices
notices-lead = Read them out at the doors, and tick “told” there.
no-notices = Nothing to read out today.
notices-of = { $n ->
    [one] { $n } notice
   *[other] { $n } notices
}
until = until { $day }
read-out = Done

## the round
round-by-office = Planned by the office
round-by-phone = Planned by this phone
round-stale = Appointments have changed: plan it again.
bring = To bring
left-out = No time today
ring-up = It was promised: please call and agree on another time
another-way = Another way
replan = Plan again, nearest first
replan-more = From where you are now
promised-time = Promised to the resident
walk = { $n ->
    [one] { $n } minute’s walk
   *[other] { $n } minutes’ walk
}
why-no-officer = Nobody is fit for it
why-no-window = Not a time when they are called on
why-too-many = Too many doors today
why-no-time = Not enough time
## From paper
paper-round = Enter from paper
paper-round-row = What was walked with the printed sheet, without the phone
paper-round-more = Row by row: first photograph the row's QR
paper-row = A row of the sheet
paper-scan = Photograph the row's QR
paper-read = The QR is read
paper-scan-anew = Tap to take another
paper-first = First photograph the row's QR
