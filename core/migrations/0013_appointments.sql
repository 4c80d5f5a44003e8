-- What lists show of appointments; made of their events.
CREATE TABLE appointment_row (
  id         BLOB PRIMARY KEY,
  household  BLOB NOT NULL,
  matter     BLOB,
  purpose    TEXT NOT NULL,
  state      TEXT NOT NULL,
  pending    INTEGER NOT NULL,       -- something of it waits for its verdict
  start_ms   INTEGER NOT NULL,       -- of the time that was named last; 0 = none
  minutes    INTEGER NOT NULL,
  officers   TEXT NOT NULL,          -- ids, with spaces between
  sequence   INTEGER NOT NULL,
  no_room    TEXT NOT NULL,          -- why that time cannot be had; empty where it can
  offers     TEXT NOT NULL,          -- JSON: moments of times that can be had in its place
  moved_ms   INTEGER NOT NULL,       -- what was promised and moved, until this officer has seen it; 0 = nothing
  unseen     TEXT NOT NULL           -- ids of the officers who have not
);
CREATE INDEX appointment_start ON appointment_row (start_ms, id);
CREATE INDEX appointment_door ON appointment_row (household, start_ms);
