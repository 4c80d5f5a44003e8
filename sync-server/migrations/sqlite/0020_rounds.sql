-- Each officer's round of a day as the office planned it last; the same is a fact in the officer's own stream.
CREATE TABLE round(
  officer   BLOB NOT NULL,
  day       TEXT NOT NULL,          -- as 2026-09-16
  community TEXT NOT NULL,
  made_ms   INTEGER NOT NULL,
  doors     INTEGER NOT NULL,
  walking_s INTEGER NOT NULL,
  json      TEXT NOT NULL,          -- rounds::Planned
  PRIMARY KEY(officer, day)
) WITHOUT ROWID;
CREATE INDEX round_day ON round(community, day);
