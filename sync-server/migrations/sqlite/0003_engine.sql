-- Applying off the writer: a document is tried on a copy, and the trial is good as long as the version it was tried on stands.
ALTER TABLE document ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX log_doc ON log(doc);
-- What phones brought back after a restore, and who brought it: nobody signed it to that request.
CREATE TABLE recovered(hash BLOB PRIMARY KEY, carrier INTEGER NOT NULL, received_ms INTEGER NOT NULL) WITHOUT ROWID;
