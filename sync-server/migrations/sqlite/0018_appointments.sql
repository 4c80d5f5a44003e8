-- Appointments as folded, and whose time is taken. `folded`: CBOR; NULL while nothing of it was accepted.
CREATE TABLE appointment(
  id        BLOB PRIMARY KEY,
  stream    INTEGER NOT NULL REFERENCES stream(id),
  author    BLOB NOT NULL,          -- who asked for it, or tried to
  judged    INTEGER NOT NULL,       -- how many events have a verdict
  household BLOB NOT NULL,
  folded    BLOB,
  state     INTEGER,
  start_ms  INTEGER,                -- of the time that was named last
  next_ms   INTEGER                 -- when something is to be done about it
) WITHOUT ROWID;
CREATE INDEX appointment_door ON appointment(household, stream);
CREATE INDEX appointment_next ON appointment(next_ms) WHERE next_ms IS NOT NULL;
CREATE INDEX appointment_start ON appointment(start_ms) WHERE start_ms IS NOT NULL;

-- A person's time in pieces of five minutes, each given once: bucket = milliseconds since 1970 / 300,000.
CREATE TABLE slot_claim(
  person      BLOB NOT NULL,
  bucket      INTEGER NOT NULL,
  appointment BLOB NOT NULL REFERENCES appointment(id),
  PRIMARY KEY(person, bucket)
) WITHOUT ROWID;
CREATE INDEX slot_claim_appointment ON slot_claim(appointment);
