-- What is half filled in, as the app wrote it; household: 16 zeros where it belongs to no door.
CREATE TABLE draft (id BLOB PRIMARY KEY, kind TEXT NOT NULL, household BLOB NOT NULL, content TEXT NOT NULL, at_ms INTEGER NOT NULL);
CREATE INDEX draft_household ON draft (household);
