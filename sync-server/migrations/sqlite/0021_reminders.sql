-- Reminders that wait to be handed to the office's gateway for messages; the newest of each appointment. What it was given is no longer here.
CREATE TABLE reminder(
  appointment BLOB PRIMARY KEY REFERENCES appointment(id),
  sequence    INTEGER NOT NULL,     -- of which time
  which       INTEGER NOT NULL,     -- 1 the evening before, 2 two hours before
  tries       INTEGER NOT NULL DEFAULT 0,
  next_ms     INTEGER NOT NULL      -- when it is handed over, or tried again
) WITHOUT ROWID;
CREATE INDEX reminder_next ON reminder(next_ms);
