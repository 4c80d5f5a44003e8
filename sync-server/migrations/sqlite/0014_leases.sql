-- Work that one process does at a time, as the line's timers.
CREATE TABLE lease(
  name     TEXT PRIMARY KEY,
  holder   BLOB NOT NULL,
  until_ms INTEGER NOT NULL        -- when it ends by itself, should its holder have died
) WITHOUT ROWID;
