-- This officer's rounds as planned: the office's, and what this phone made of them; of a day the one made last counts.
CREATE TABLE round (
  day       TEXT NOT NULL,           -- as 2026-09-16
  by_office INTEGER NOT NULL,
  made_ms   INTEGER NOT NULL,
  json      TEXT NOT NULL,           -- rounds::Planned
  PRIMARY KEY (day, by_office)
);
