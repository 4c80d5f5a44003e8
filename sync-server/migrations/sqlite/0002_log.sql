-- What phones bring, the log it becomes, and the projections the office reads.

-- The signed head of each envelope; every log row cut from it can be verified with it alone.
CREATE TABLE envelope(
  id          INTEGER PRIMARY KEY,
  device      INTEGER NOT NULL,
  opening     BLOB NOT NULL,
  first       INTEGER NOT NULL,
  scope       INTEGER NOT NULL,
  hashes      BLOB NOT NULL,        -- 32 bytes each, in order
  signature   BLOB NOT NULL,
  carrier     INTEGER NOT NULL,
  received_ms INTEGER NOT NULL
);

-- Received, not in the log. The states are the wire's: 16 received, 17 held (missing says for what), 18 parked with
-- an item put aside (missing says with which), 2 put aside (reason says why). own: the hash of a change or the id of an
-- event, by which others wait for it.
CREATE TABLE inbox(
  device      INTEGER NOT NULL,
  opening     BLOB NOT NULL,
  n           INTEGER NOT NULL,
  kind        INTEGER NOT NULL,
  doc         BLOB NOT NULL,
  hash        BLOB NOT NULL,
  bytes       BLOB NOT NULL,
  envelope    INTEGER NOT NULL REFERENCES envelope(id),
  received_ms INTEGER NOT NULL,
  state       INTEGER NOT NULL,
  reason      INTEGER,
  missing     BLOB,
  own         BLOB,
  PRIMARY KEY(device, opening, n)
) WITHOUT ROWID;
CREATE INDEX inbox_state ON inbox(state);
CREATE INDEX inbox_missing ON inbox(missing) WHERE missing IS NOT NULL;
CREATE INDEX inbox_own ON inbox(own) WHERE own IS NOT NULL;

-- Items whose envelope nobody signed as it claims: kept for the office, never under a name.
CREATE TABLE unsigned(
  id          INTEGER PRIMARY KEY,
  carrier     INTEGER NOT NULL,
  kind        INTEGER NOT NULL,
  doc         BLOB NOT NULL,
  hash        BLOB NOT NULL UNIQUE,
  bytes       BLOB NOT NULL,
  received_ms INTEGER NOT NULL
);
CREATE INDEX unsigned_carrier ON unsigned(carrier);

-- One row an item. Everything but body is the head, kept for ever and linked to the row before.
CREATE TABLE log(
  stream      INTEGER NOT NULL REFERENCES stream(id),
  seq         INTEGER NOT NULL,
  device      INTEGER NOT NULL,     -- 0 = the server
  opening     BLOB NOT NULL,
  n           INTEGER NOT NULL,
  kind        INTEGER NOT NULL,
  doc         BLOB NOT NULL,
  hash        BLOB NOT NULL,
  envelope    INTEGER REFERENCES envelope(id),
  received_ms INTEGER NOT NULL,
  applied_ms  INTEGER NOT NULL,
  sum         INTEGER NOT NULL,     -- the stream's sum after this row
  link        BLOB NOT NULL,
  body        BLOB,                 -- zstd where that is smaller
  PRIMARY KEY(stream, seq)
);
CREATE INDEX log_name ON log(device, opening, n);
CREATE TABLE doc_sum(stream INTEGER NOT NULL, doc BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY(stream, doc)) WITHOUT ROWID;

CREATE TABLE document(
  id      BLOB PRIMARY KEY,
  kind    INTEGER NOT NULL,
  stream  INTEGER NOT NULL REFERENCES stream(id),
  creator BLOB NOT NULL,            -- the officer who wrote it first; zeros = the office
  bytes   BLOB NOT NULL
);
CREATE TABLE matter(
  id        BLOB PRIMARY KEY,
  stream    INTEGER NOT NULL REFERENCES stream(id),
  registrar BLOB NOT NULL,
  judged    INTEGER NOT NULL,       -- how many events have a verdict
  state     INTEGER,                -- null = not registered
  moved_by  BLOB,
  moved_at  INTEGER
);
CREATE TABLE event(id BLOB PRIMARY KEY, matter BLOB NOT NULL) WITHOUT ROWID;

-- Projections: made from documents and events alone, and made again by `minqing rebuild --check`.
CREATE TABLE household_row(
  id BLOB PRIMARY KEY, stream INTEGER NOT NULL, community TEXT NOT NULL, grid TEXT NOT NULL, estate TEXT NOT NULL, building TEXT NOT NULL,
  stairwell TEXT NOT NULL, floor TEXT NOT NULL, room TEXT NOT NULL, lane TEXT NOT NULL, door TEXT NOT NULL, note TEXT NOT NULL,
  names TEXT NOT NULL, residents INTEGER NOT NULL, reviews INTEGER NOT NULL
);
CREATE TABLE visit_row(
  id BLOB NOT NULL, household BLOB NOT NULL, officer BLOB NOT NULL, purpose TEXT NOT NULL, outcome TEXT NOT NULL, note TEXT NOT NULL, at_ms INTEGER NOT NULL,
  PRIMARY KEY(id, household)
);
CREATE INDEX visit_at ON visit_row(at_ms);
CREATE TABLE matter_row(
  id BLOB PRIMARY KEY, community TEXT NOT NULL, household BLOB, code TEXT NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL, category TEXT NOT NULL,
  text TEXT NOT NULL, place TEXT NOT NULL, state TEXT NOT NULL, officer BLOB NOT NULL, at_ms INTEGER NOT NULL, register BLOB NOT NULL
);
CREATE INDEX matter_community ON matter_row(community, at_ms);
