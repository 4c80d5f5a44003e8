-- Residents who were erased: their documents were begun anew.

-- 1 = the bytes of the row were erased; 2 = the same of one that counts in no sum.
ALTER TABLE log ADD COLUMN blank INTEGER NOT NULL DEFAULT 0;
-- scrubbed: the database was rewritten since, so that no byte is left in its files. late: how many items came afterwards that rested on what was erased, and were written anew.
CREATE TABLE erasure(
  id        BLOB PRIMARY KEY,
  household BLOB NOT NULL,
  at_ms     INTEGER NOT NULL,
  late      INTEGER NOT NULL DEFAULT 0,
  scrubbed  INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
-- names: which operations made which items of what was erased (CBOR), by which late changes name them. changes: those that begin the
-- document anew (CBOR), as long as it was not erased once more.
CREATE TABLE erased_doc(
  doc     BLOB NOT NULL,
  erasure BLOB NOT NULL REFERENCES erasure(id),
  names   BLOB NOT NULL,
  changes BLOB,
  PRIMARY KEY(doc, erasure)
) WITHOUT ROWID;
-- Changes of documents that were erased: nothing may come in that rests on one.
CREATE TABLE dead_change(doc BLOB NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(doc, hash)) WITHOUT ROWID;
-- Photos and voice notes that erased documents named: deleted unless another names them.
CREATE TABLE erased_file(sha256 BLOB PRIMARY KEY) WITHOUT ROWID;
-- Whose readers are to say that nothing is left, and those who have.
CREATE TABLE erasure_stream(erasure BLOB NOT NULL REFERENCES erasure(id), stream INTEGER NOT NULL REFERENCES stream(id), PRIMARY KEY(erasure, stream)) WITHOUT ROWID;
CREATE TABLE erasure_done(erasure BLOB NOT NULL REFERENCES erasure(id), device INTEGER NOT NULL, done_ms INTEGER NOT NULL, PRIMARY KEY(erasure, device)) WITHOUT ROWID;
-- Backups that were made: what was erased since is still in them.
CREATE TABLE backup_made(file TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY(file, at_ms)) WITHOUT ROWID;
