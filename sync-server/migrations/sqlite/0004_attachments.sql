-- Photos and voice. Their bytes lie beside the database: parts/<upload> while they come in, attachments/… once they are whole.

-- An upload of a phone. done = its file is whole and kept; the row stays for a while so that a lost answer can be asked for.
CREATE TABLE upload(
  id         BLOB PRIMARY KEY,
  device     INTEGER NOT NULL REFERENCES device(number),
  sha256     BLOB NOT NULL,
  media      TEXT NOT NULL,
  length     INTEGER NOT NULL,
  created_ms INTEGER NOT NULL,
  done       INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX upload_device ON upload(device, sha256);
CREATE INDEX upload_created ON upload(created_ms);
-- Bytes that a device began to send on a day (counted from 1970).
CREATE TABLE upload_day(device INTEGER NOT NULL, day INTEGER NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY(device, day)) WITHOUT ROWID;

-- Files that are whole, and which devices have shown that they hold them.
CREATE TABLE attachment(
  sha256    BLOB PRIMARY KEY,
  media     TEXT NOT NULL,
  bytes     INTEGER NOT NULL,
  stored_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE attachment_sender(sha256 BLOB NOT NULL, device INTEGER NOT NULL, PRIMARY KEY(sha256, device)) WITHOUT ROWID;

-- Projection: what documents name. A file is at the office if attachment has it.
CREATE TABLE attachment_ref(
  doc BLOB NOT NULL, id BLOB NOT NULL, record BLOB NOT NULL, sha256 BLOB NOT NULL, media TEXT NOT NULL, bytes INTEGER NOT NULL,
  PRIMARY KEY(doc, id)
) WITHOUT ROWID;
CREATE INDEX attachment_ref_sha256 ON attachment_ref(sha256);
CREATE INDEX attachment_ref_record ON attachment_ref(record);
