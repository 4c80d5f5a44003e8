## a new matter
also-here = You can also
new-matter = Register a matter
new-matter-more = What somebody wants, complains of or needs
q-urgent = Is anybody in danger?
hint-urgent = If so, call first, then write it down
nobody-in-danger = No
call-first = { $who } { $number }
q-category = What is it about?
q-matter = What is it?
hint-matter = Voice or photo first, then a sentence
matter-hint = What, and where
write-first = Write a sentence first, then press Next
q-places = Shall photos say where they were taken?
q-places-more = That helps to find a public place. It stays so; change it in Me
places-yes = Yes
places-no = No
q-affected = Where is it? Whom does it affect?
q-handling = Who sees to it?
errand = I run the errand
errand-more = From start to end, for the resident
hint-affected = If it is this home, no place is needed
place-hint = for example the corridor on floor 3
handled-by-office = The community office
handled-by-office-more = It finds who sees to it
solved-more = Write how it was done
q-slip = Code for the resident
hint-slip = Photograph or type the one on a printed slip; left empty, the phone makes one
slip-hint = as 7K3M-Q2XA
slip-made = The phone makes one
scan-slip = Photograph the slip
hint-register = The office takes it on when it hears of it, and sets the day then
register = Register

## a matter
code-to-give = Code for the resident
code-to-give-more = Read it out or write it down. With it one can look it up.
saved = Saved
undo-matter = Wrong? Tap to change it
public-text = Public reply, may be read out
papers = Papers still needed
paper-here = Received
papers-brought = The ticked ones are here
can-do = What I can do
tell-here = Tell the resident at the door
do-solve = Settled on the spot
do-note = Add a note
do-urge = Urge it for the resident
label-solve = How was it settled?
label-note = What is to be added? For the office, not for the resident
label-urge = What does the resident say?
due-by = Done by { $when }
provisional = The day may still change
after-sync = The office has not heard of it; it sets the day then
matter-done = Done
do-edit = Change the words
photo-matter = Take a photo
photo-papers = Photograph these papers
photos-taken = { $n ->
    [one] { $n } photo
   *[other] { $n } photos
}
