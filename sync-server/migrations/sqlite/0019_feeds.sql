-- Calendars of appointments at secret addresses. Only the SHA-256 of an address is kept: who reads the database cannot subscribe.
CREATE TABLE feed(
  id         BLOB PRIMARY KEY,
  hash       BLOB NOT NULL UNIQUE,
  community  TEXT NOT NULL,
  officer    BLOB REFERENCES officer(id),  -- of this officer alone; null = of the whole community
  made_ms    INTEGER NOT NULL,
  revoked_ms INTEGER
) WITHOUT ROWID;
CREATE INDEX feed_community ON feed(community, made_ms);
CREATE INDEX feed_officer ON feed(officer) WHERE officer IS NOT NULL;

-- When an event of it was last accepted, as calendars say it; and what it is about, for its resident.
ALTER TABLE appointment ADD COLUMN changed_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appointment ADD COLUMN matter BLOB;
UPDATE appointment SET
  changed_ms = coalesce((SELECT max(applied_ms) FROM log WHERE log.stream = appointment.stream AND log.doc = appointment.id), 0),
  matter = (SELECT m.id FROM matter_row m WHERE m.household = appointment.household AND instr(appointment.folded, m.id) > 0 LIMIT 1);
CREATE INDEX appointment_matter ON appointment(matter) WHERE matter IS NOT NULL;
