-- The office's notices that are not taken back, as JSON, and what of them was told at which door: a projection of the documents.
CREATE TABLE notice_row (id BLOB PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL, notice TEXT NOT NULL);
CREATE INDEX notice_last ON notice_row (last, id);
CREATE TABLE told_row (household BLOB NOT NULL, notice BLOB NOT NULL, volume BLOB NOT NULL, PRIMARY KEY (household, notice, volume)) WITHOUT ROWID;
