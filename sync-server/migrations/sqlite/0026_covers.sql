-- Photos as everybody may see them: a projection of facts, each of which is a row for good (docs/adr/0023). Of a photo of a matter the newest holds.
CREATE TABLE cover(
  id      BLOB PRIMARY KEY,         -- the fact
  doc     BLOB NOT NULL,            -- the matter
  photo   BLOB NOT NULL,            -- SHA-256 of what was covered
  sha256  BLOB,                     -- of the covered copy; null = it was taken back
  bytes   INTEGER NOT NULL,         -- of the copy
  patches BLOB NOT NULL,            -- CBOR of what was painted over
  staff   BLOB NOT NULL,
  at_ms   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX cover_doc ON cover(doc, at_ms);
CREATE INDEX cover_sha256 ON cover(sha256) WHERE sha256 IS NOT NULL;
