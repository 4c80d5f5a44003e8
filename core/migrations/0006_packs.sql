-- Streams that come as a pack: what was offered and how far it was taken. refused = it came to nothing, so the stream is read row by row.
CREATE TABLE pack (
  stream  TEXT PRIMARY KEY,
  seq     INTEGER NOT NULL,
  sum     INTEGER NOT NULL,
  parts   BLOB NOT NULL,                 -- CBOR, as offered
  part    INTEGER NOT NULL DEFAULT 0,    -- the one under way
  chunks  INTEGER NOT NULL DEFAULT 0,    -- how many of its chunks were taken
  refused INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
-- The bytes that came of the part under way.
CREATE TABLE pack_piece (stream TEXT NOT NULL, begins INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (stream, begins)) WITHOUT ROWID;
-- Damaged documents are asked for again: few, and looked for at each exchange.
CREATE INDEX document_damaged ON document (id) WHERE damaged;
