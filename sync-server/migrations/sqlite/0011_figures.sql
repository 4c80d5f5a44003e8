-- What figures count of a matter: kept with its fold, and as a row that is added up.
ALTER TABLE matter ADD COLUMN tally BLOB;         -- CBOR; null = never counted
CREATE INDEX matter_uncounted ON matter(id) WHERE state IS NOT NULL AND tally IS NULL;
CREATE TABLE matter_figure(
  matter       BLOB PRIMARY KEY,
  community    TEXT NOT NULL,
  grid         TEXT NOT NULL,       -- empty = at the desk
  department   BLOB,
  channel      INTEGER NOT NULL,    -- numbers of the model's lists, 0 = none
  category     INTEGER NOT NULL,
  handling     INTEGER NOT NULL,
  received_ms  INTEGER NOT NULL,
  ended_ms     INTEGER,             -- null = on the line
  counts       BLOB NOT NULL        -- CBOR, in the order of figures/counted.rs
) WITHOUT ROWID;

-- Ratings, for those who ask again.
CREATE TABLE rating_row(
  matter    BLOB NOT NULL,
  of_matter BLOB NOT NULL,          -- whose resident rated
  cycle     INTEGER NOT NULL,
  community TEXT NOT NULL,
  at_ms     INTEGER NOT NULL,
  stars     INTEGER NOT NULL,
  assisted  INTEGER NOT NULL,
  call_back INTEGER,                -- number of what was found; null = not asked again
  PRIMARY KEY(matter, of_matter, cycle)
) WITHOUT ROWID;
CREATE INDEX rating_came ON rating_row(community, at_ms, matter, of_matter, cycle);
