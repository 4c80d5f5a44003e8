-- Photos and voice. The bytes lie in attachments/<sha256> beside this file, durable before their row is.

-- Files of this phone's own records.
CREATE TABLE attachment (
  sha256  BLOB PRIMARY KEY,
  media   TEXT NOT NULL,
  bytes   INTEGER NOT NULL,
  state   INTEGER NOT NULL DEFAULT 0,   -- 0 on its way, 1 at the office, 2 the office will not take it
  upload  TEXT,                         -- the address the office gave its upload
  anew    INTEGER NOT NULL DEFAULT 0,   -- how often an upload came to nothing
  problem TEXT                          -- the code of the office's last refusal
) WITHOUT ROWID;
CREATE INDEX attachment_waiting ON attachment (state) WHERE state = 0;

-- What documents name, also those of other phones.
CREATE TABLE attachment_row (
  doc BLOB NOT NULL, id BLOB NOT NULL, record BLOB NOT NULL, officer BLOB NOT NULL, sha256 BLOB NOT NULL, media TEXT NOT NULL, bytes INTEGER NOT NULL,
  width INTEGER NOT NULL, height INTEGER NOT NULL, taken_ms INTEGER NOT NULL, place TEXT NOT NULL,
  PRIMARY KEY (doc, id)
) WITHOUT ROWID;
CREATE INDEX attachment_row_record ON attachment_row (record);
