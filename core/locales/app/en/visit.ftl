## a new visit
step-of = Step { $step } of { $of }
q-outcome = Did the door open?
q-words = What was said?
q-people = Whom did you see?
q-survey = Ask a survey?
q-follow-up = What comes next?
q-promise = What did you promise? By which day?
q-summary = Look it over, then save
hint-words = Voice or photo first, words can wait
hint-no-photos = No photos here: they do not agree. Speak or write
hint-people = Optional, more than one is fine
hint-follow-up = Optional
hint-promise = Write a sentence and choose a day; you are reminded then
choose-first = Choose one first, then press Next
answer-first = Answer this first, then press Next
outcome-talked-more = Next: what was said
outcome-nobody-more = Leave a card, come again
outcome-refused-more = Fine: we ask again next quarter
speak = Speak
speak-end = Stop
photograph = Photo
write = Write
note-hint = Write here, a few words will do
promise-hint = What was promised
voice-kept = Voice note, { $n } KB, kept on this phone
photo-kept = Photo, { $n } KB, kept on this phone
tap-to-drop = Tap to take it out
preparing = Keeping the photo…
left-empty = Empty, can be filled in later
people-seen = Seen
follow-none = Nothing
follow-none-more = This visit is complete
follow-promise = Note a promise
follow-promise-more = You are reminded on the day
survey-none = Not this time
survey-none-more = Leave it where it does not suit
survey-questions = { $n ->
    [one] { $n } question
   *[other] { $n } questions
}
survey-at = Question { $n } of { $of }
survey-most = { $n ->
    [one] At most { $n } choice
   *[other] At most { $n } choices
}
survey-answered = { $n ->
    [one] { $n } question answered
   *[other] { $n } questions answered
}
may-be-empty = May be left empty
answer-hint = As the resident says it
number-hint = { $min } to { $max }
date-hint = for example 2026-09-21
kept-at = Draft, kept by itself { $time }
