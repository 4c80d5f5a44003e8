-- The phone's file. One action = one transaction; durable before the tick shows.

CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

-- The streams of the present scope, in its order, with how far each was taken and its sum there.
CREATE TABLE cursor (
  position INTEGER PRIMARY KEY,
  stream   TEXT NOT NULL UNIQUE,
  seq      INTEGER NOT NULL DEFAULT 0,
  sum      INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE doc_sum (stream TEXT NOT NULL, doc BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (stream, doc)) WITHOUT ROWID;

-- A document as it stands, own unsent changes included. damaged = a change could not be applied and is kept in
-- change.bytes, or the document could not be shown.
CREATE TABLE document (
  id      BLOB PRIMARY KEY,
  kind    INTEGER NOT NULL,
  bytes   BLOB NOT NULL,
  home    TEXT,                  -- the stream its rows come by, once one has
  damaged INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE change (
  doc   BLOB NOT NULL,
  hash  BLOB NOT NULL,           -- the item's hash
  seq   INTEGER,                 -- its place in the document's stream, once known
  bytes BLOB,                    -- only where the document does not hold it
  PRIMARY KEY (doc, hash)
) WITHOUT ROWID;

CREATE TABLE event (
  id      BLOB PRIMARY KEY,
  matter  BLOB NOT NULL,
  bytes   BLOB NOT NULL,
  mine    INTEGER NOT NULL,      -- written on this phone
  ordinal INTEGER,               -- from the verdict
  refused INTEGER,               -- from the verdict: number of the refusal, null = accepted or unjudged
  overtaken_by BLOB,
  done_at INTEGER                -- from the verdict
);
CREATE INDEX event_matter ON event (matter, ordinal);
CREATE TABLE fact (id BLOB PRIMARY KEY, kind INTEGER NOT NULL, doc BLOB NOT NULL, bytes BLOB NOT NULL);
CREATE INDEX fact_doc ON fact (doc);

-- Rows of kinds this version does not know: kept as they came, read after the update.
CREATE TABLE later (stream TEXT NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL, doc BLOB NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (stream, seq)) WITHOUT ROWID;

-- What the officer did, as typed.
CREATE TABLE journal (
  id     INTEGER PRIMARY KEY,
  record BLOB NOT NULL,
  action TEXT NOT NULL,
  typed  TEXT NOT NULL,          -- JSON
  at_ms  INTEGER NOT NULL
);
-- The items of each action, in the order of their names, with their fate. A row without a final state is sent again.
CREATE TABLE outbox (
  id       INTEGER PRIMARY KEY,
  opening  BLOB NOT NULL,
  n        INTEGER NOT NULL,
  journal  INTEGER NOT NULL REFERENCES journal (id),
  kind     INTEGER NOT NULL,
  doc      BLOB NOT NULL,
  hash     BLOB NOT NULL,
  bytes    BLOB NOT NULL,
  state    INTEGER,              -- number of the state; null = never answered
  argument BLOB,                 -- seq, reason or missing id, as the state says
  final    INTEGER NOT NULL DEFAULT 0,
  tries    INTEGER NOT NULL DEFAULT 0,
  due      INTEGER NOT NULL DEFAULT 0,  -- the exchange from which on it is sent again
  UNIQUE (opening, n)
);
CREATE INDEX outbox_waiting ON outbox (tries, id) WHERE final = 0;
CREATE INDEX outbox_aside ON outbox (state) WHERE state IN (2, 3, 4, 18);
CREATE INDEX outbox_journal ON outbox (journal);
CREATE INDEX outbox_doc ON outbox (doc);
-- The records an action touches, for the state shown on each row.
CREATE TABLE touched (record BLOB NOT NULL, journal INTEGER NOT NULL, PRIMARY KEY (record, journal)) WITHOUT ROWID;

-- What lists show.
CREATE TABLE household_row (
  id BLOB PRIMARY KEY, grid TEXT NOT NULL, community TEXT NOT NULL, estate TEXT NOT NULL, building TEXT NOT NULL, stairwell TEXT NOT NULL,
  floor TEXT NOT NULL, room TEXT NOT NULL, lane TEXT NOT NULL, door TEXT NOT NULL, note TEXT NOT NULL, names TEXT NOT NULL, residents INTEGER NOT NULL
);
CREATE INDEX household_door ON household_row (estate, building, stairwell, floor, room, lane, door);
CREATE TABLE resident_row (
  id BLOB NOT NULL, household BLOB NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL, birth_year INTEGER NOT NULL,
  languages TEXT NOT NULL, needs TEXT NOT NULL, moved_out INTEGER NOT NULL,
  PRIMARY KEY (household, id)
) WITHOUT ROWID;
-- Ids are unique within their volume; an id used in two volumes must not let one row hide another.
CREATE TABLE visit_row (
  id BLOB NOT NULL, household BLOB NOT NULL, volume BLOB NOT NULL, officer BLOB NOT NULL, companions TEXT NOT NULL,
  purpose TEXT NOT NULL, outcome TEXT NOT NULL, note TEXT NOT NULL, at_ms INTEGER NOT NULL,
  PRIMARY KEY (id, volume)
);
CREATE INDEX visit_household ON visit_row (household, at_ms);
CREATE INDEX visit_officer ON visit_row (officer, at_ms);
CREATE TABLE follow_up_row (
  id BLOB NOT NULL, household BLOB NOT NULL, volume BLOB NOT NULL, visit BLOB NOT NULL, officer BLOB NOT NULL,
  what TEXT NOT NULL, due TEXT NOT NULL, done INTEGER NOT NULL,
  PRIMARY KEY (id, volume)
);
CREATE INDEX follow_up_open ON follow_up_row (done, (due = ''), due, id);
CREATE INDEX follow_up_household ON follow_up_row (household);
CREATE TABLE matter_row (
  id BLOB PRIMARY KEY, household BLOB, code TEXT NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL, category TEXT NOT NULL, affected TEXT NOT NULL,
  text TEXT NOT NULL, place TEXT NOT NULL, state TEXT NOT NULL, pending INTEGER NOT NULL, officer BLOB NOT NULL, at_ms INTEGER NOT NULL
);
CREATE INDEX matter_household ON matter_row (household);
CREATE INDEX matter_newest ON matter_row (at_ms, id);
CREATE TABLE review_row (doc BLOB NOT NULL, record BLOB NOT NULL, field TEXT NOT NULL, told TEXT NOT NULL, PRIMARY KEY (doc, field)) WITHOUT ROWID;
CREATE INDEX review_record ON review_row (record);
