-- Streams of which the office says that a pack is better than the rows that lack.
CREATE TABLE behind (stream TEXT PRIMARY KEY) WITHOUT ROWID;
-- Documents' sums as of a pack under way: what the stream counts stays as of its cursor until all of the pack is here.
CREATE TABLE pack_sum (stream TEXT NOT NULL, doc BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (stream, doc)) WITHOUT ROWID;
INSERT INTO pack_sum SELECT stream, doc, sum FROM doc_sum WHERE stream IN (SELECT p.stream FROM pack p JOIN cursor c USING (stream) WHERE c.seq = 0 AND NOT p.refused);
DELETE FROM doc_sum WHERE stream IN (SELECT stream FROM pack_sum);
-- Volumes of visits that lie at the office alone, since their year is over.
CREATE TABLE archived (volume BLOB NOT NULL, stream TEXT NOT NULL, household BLOB NOT NULL, year INTEGER NOT NULL, PRIMARY KEY (volume, stream)) WITHOUT ROWID;
CREATE INDEX archived_at ON archived (household, year);
-- Such volumes while an officer reads them: asked for, or fetched. They count in no sum and nothing is written on them.
CREATE TABLE history (household BLOB NOT NULL, year INTEGER NOT NULL, bytes BLOB, at_ms INTEGER NOT NULL, PRIMARY KEY (household, year)) WITHOUT ROWID;
