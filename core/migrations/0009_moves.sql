-- Items written under an older scope: they are sent as written then.
CREATE TABLE claim (opening BLOB NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, scope INTEGER NOT NULL);
CREATE INDEX claim_opening ON claim (opening);
-- Documents that are shared with this officer: no stream of the phone need hold them.
CREATE TABLE shared (doc BLOB PRIMARY KEY) WITHOUT ROWID;
INSERT INTO shared SELECT id FROM document WHERE home LIKE 'person:%';
-- What is to leave the file: documents, once nothing of them waits, and files that none names any more.
CREATE TABLE leaving (doc BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE leaving_file (sha256 BLOB PRIMARY KEY) WITHOUT ROWID;
