-- Packs that were made: one row a part. The bytes lie in packs/ beside the database and can be made again.
CREATE TABLE pack(
  stream INTEGER NOT NULL REFERENCES stream(id),
  seq    INTEGER NOT NULL,
  sum    INTEGER NOT NULL,          -- the stream's sum there
  part   INTEGER NOT NULL,
  bytes  INTEGER NOT NULL,
  hash   BLOB NOT NULL,             -- SHA-256 of the part's bytes
  PRIMARY KEY(stream, seq, part)
) WITHOUT ROWID;
