## a new phone
enrol = Enrol this phone
enrol-lead = Ask the office for a QR code. It is good once, within 24 hours.
enrol-scan = Photograph the QR
enrol-scan-more = The one on the office’s screen
enrol-type = Type it
enrol-type-more = No camera, or it cannot be read
enrol-practice = Practise first
enrol-server = The office’s address
enrol-server-hint = as minqing.example.cn
enrol-code = Code
enrol-code-hint = as 7HGN3-8PDVG
enrol-go = Enrol
enrol-rows = { $n ->
    [one] Fetching, { $n } row so far
   *[other] Fetching, { $n } rows so far
}
enrol-kept = What is kept, and where
enrol-kept-more = The households, visits and matters of your grid, encrypted on this phone, usable without a network. Photos are in Minqing alone, not in your gallery. If the phone is lost, tell the office at once: it is then revoked.
enrol-no-address = Please give the office’s address first.
enrol-not-safe = This address is not safe: it has to begin with https://. Ask the office.
enrol-no-code = Please give the code first.
enrol-not-a-link = This QR is for something else. Photograph the one under “enrol a phone”.
enrol-offline = The office cannot be reached. See whether there is a network and the address is right, then press Enrol again.
enrol-revoked = The office has revoked this phone. What was on it is deleted; what you had sent is at the office. Ask there for a new code to use it again.

## me
text-size = Text size
size-standard = Normal
size-large = Large
size-larger = Larger
size-largest = Largest
how-it-looks = Display
elder = Elderly view
elder-more = Larger letters and buttons
sun = Bright sun
sun-more = Black on white, readable in the sun
hidden = No screenshots
hidden-more = Nothing is seen in screenshots and recent apps
places = Photos with their place
places-more = Only those of matters, never those of visits
language = 中文
language-more = Change to Chinese
learn = Learn
practice = Practice mode
practice-more = Try anything, nothing is sent
nothing-unsent = All sent, nothing waits
unsent = { $n ->
    [one] { $n } thing waits to be sent: do not uninstall
   *[other] { $n } things wait to be sent: do not uninstall
}
this-phone = This phone
room = Storage
room-free = { $n } MB free
room-low = Nearly full
files-waiting = { $n ->
    [one] { $n } photo or voice note is still to be sent
   *[other] { $n } photos or voice notes are still to be sent
}
hand-over = Let a colleague carry it
hand-over-more = No battery or no network: one sealed file that a colleague hands in unread
help = Often asked
help-offline = No network?
help-offline-more = Go on as usual. Minqing sends by itself when there is one.
help-refused = What is “not accepted”?
help-refused-more = The office did not take something and says why. Your words are kept: mend and send again.
help-lost = Lost the phone?
help-lost-more = Call the office at once. It revokes the phone; nobody can open it.
hand-in = Hand in the phone
leave = Sign out
leave-more = Deletes everything on this phone
leave-sure = Delete it
leave-nothing = All of it is at the office
stay = Keep it
call-help = Call the office
