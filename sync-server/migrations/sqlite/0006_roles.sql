-- Roles per area, sessions that can be listed and ended, phones whose reading can be ended.

-- `role` is a word of `Role`, `area` a community, a street or a district; a grant holds for all below its area.
CREATE TABLE staff_grant(
  staff BLOB NOT NULL REFERENCES staff(id),
  role  TEXT NOT NULL,
  area  TEXT NOT NULL,
  PRIMARY KEY(staff, role, area)
) WITHOUT ROWID;
INSERT INTO staff_grant(staff, role, area) SELECT id, role, community FROM staff;
ALTER TABLE staff DROP COLUMN role;
ALTER TABLE staff DROP COLUMN community;
ALTER TABLE staff ADD COLUMN disabled_ms INTEGER;

-- From where somebody has signed in before, as a hash: strangers' guesses do not count against them there.
CREATE TABLE staff_place(
  staff   BLOB NOT NULL REFERENCES staff(id),
  place   BLOB NOT NULL,
  last_ms INTEGER NOT NULL,
  PRIMARY KEY(staff, place)
) WITHOUT ROWID;

ALTER TABLE session ADD COLUMN started_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN browser TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN community TEXT;
CREATE INDEX session_staff ON session(staff);

ALTER TABLE officer ADD COLUMN disabled_ms INTEGER;

-- refresh_hash is the token of this generation, refresh_next_hash of the next one.
ALTER TABLE device ADD COLUMN refresh_generation INTEGER NOT NULL DEFAULT 0;
-- Whether the server was restored since this phone last renewed its tokens: then the server's are the old ones.
ALTER TABLE device ADD COLUMN restored INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN reading_ended_ms INTEGER;
ALTER TABLE device ADD COLUMN reading_ended_why TEXT;
