-- By what words matters are found: a projection, made of each matter's text, place and community alone.

-- A matter's number, in the order of arrival: small, for it stands beside every word.
CREATE TABLE matter_number(n INTEGER PRIMARY KEY AUTOINCREMENT, matter BLOB NOT NULL UNIQUE);
CREATE TABLE matter_word(key INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(key, n)) WITHOUT ROWID;
-- Where there were matters before, their words are written once as the server starts.
INSERT INTO meta(key, value) SELECT 'fill_words', 1 WHERE EXISTS(SELECT 1 FROM matter_row);

-- The numbers of those who wait at the window, from 1 on each day.
CREATE TABLE window_number(
  community TEXT NOT NULL,
  day       TEXT NOT NULL,          -- 2026-09-14
  n         INTEGER NOT NULL,
  taken_ms  INTEGER NOT NULL,
  called_ms INTEGER,                -- null while they wait
  called_by BLOB,                   -- who called them
  done_ms   INTEGER,                -- null while they are served
  PRIMARY KEY(community, day, n)
) WITHOUT ROWID;
