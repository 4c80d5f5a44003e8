-- Sealed bundles of colleagues on their way to the office, unread. Where it refused one, problem says why; bytes are gone then, unless a newer
-- server may take it.
CREATE TABLE courier (
  id      INTEGER PRIMARY KEY,
  hash    BLOB NOT NULL UNIQUE,
  device  INTEGER NOT NULL,          -- who made it
  at_ms   INTEGER NOT NULL,          -- when it came here
  bytes   BLOB,
  problem TEXT
);
-- Envelopes of colleagues that were merged here and are not settled at the office: sent as they are, before what is written on top of them.
CREATE TABLE carried (
  id          INTEGER PRIMARY KEY,
  device      INTEGER NOT NULL,
  opening     BLOB NOT NULL,
  first       INTEGER NOT NULL,
  items       INTEGER NOT NULL,
  size        INTEGER NOT NULL,      -- of its items, unpacked
  bytes       BLOB NOT NULL,
  certificate BLOB NOT NULL,
  tries       INTEGER NOT NULL DEFAULT 0,
  due         INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX carried_waiting ON carried (tries, id);
-- Their items, until each is settled.
CREATE TABLE carried_item (
  id      INTEGER PRIMARY KEY,
  device  INTEGER NOT NULL,
  opening BLOB NOT NULL,
  n       INTEGER NOT NULL,
  officer BLOB NOT NULL,
  kind    INTEGER NOT NULL,
  doc     BLOB NOT NULL,
  hash    BLOB NOT NULL,
  bytes   BLOB NOT NULL,
  state   INTEGER,                   -- number of the state; null = never answered
  UNIQUE (device, opening, n)
);
CREATE INDEX carried_item_doc ON carried_item (doc, kind);
-- The records that carried items touch, for the state shown on each row.
CREATE TABLE carried_touch (id INTEGER PRIMARY KEY, record BLOB NOT NULL, doc BLOB NOT NULL, UNIQUE (record, doc));
CREATE INDEX carried_touch_doc ON carried_touch (doc);
