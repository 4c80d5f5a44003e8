# The officer's app: what all screens say. Chinese is in zh-CN, with the same files and keys. Codes, moments and plates are said by core's catalogue.
app-name = Minqing
back = Back
on = On
off = Off
chosen = Chosen
undo = Undo
save = Save
next-step = Next
comma = { ", " }
who-what =
    { $who }
    { $what }
count-of = { $what } { $n }
who-age = { $name }, { $age }
by-me = I
by-colleague = a colleague
practice-on = Practice mode: try anything, nothing is sent
office-number = 12345

## what the phone cannot do
cannot-dial = This phone cannot call. Write down the number and use another one.
cannot-photograph = The camera did not open. A photo can come later; words will do.
cannot-record = Nothing was recorded. Allow the microphone for Minqing in the phone's settings, or write.
cannot-share = There is no app that can hand over files.
cannot-message = This phone sends no messages. Please call instead.
cannot-read-qr = No QR code could be read on the photo. Go nearer, with more light, or type its words.

## the four buttons below
tab-today = Today
tab-stairwell = Stairs
tab-outbox = Outbox
tab-me = Me

## due
due-today = Due today
due-tomorrow = Due tomorrow
overdue = { $n ->
    [one] { $n } day overdue
   *[other] { $n } days overdue
}
days-left = { $n ->
    [one] { $n } day left
   *[other] { $n } days left
}

## doors
door-visited = Visited
door-due = Due
door-feedback = To tell
door-nobody = Nobody in
door-refused = Won’t talk
door-none = Not yet
