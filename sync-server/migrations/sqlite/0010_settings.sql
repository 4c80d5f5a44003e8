-- What the office has set: append-only, of each thing the newest row that has begun holds.
CREATE TABLE setting(
  seq     INTEGER PRIMARY KEY,
  kind    TEXT NOT NULL,            -- categories, terms, calendar, departments
  key     TEXT NOT NULL,            -- the category, the clock, the year …, the department's id in hexadecimal
  version INTEGER NOT NULL,         -- 1 is the first of its key
  value   TEXT NOT NULL,            -- JSON
  staff   BLOB REFERENCES staff(id),  -- who; null = the program or the command line
  at_ms   INTEGER NOT NULL,         -- when it was put
  from_ms INTEGER NOT NULL,         -- from when it holds
  UNIQUE(kind, key, version)
);

ALTER TABLE department ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE department ADD COLUMN categories TEXT NOT NULL DEFAULT '';  -- words with spaces between: what it is proposed for
INSERT INTO setting(kind, key, version, value, at_ms, from_ms)
  SELECT 'departments', lower(hex(id)), 1,
         json_object('name', name, 'answers', answers, 'closed', json('false'), 'categories', json_array()), 0, 0
  FROM department ORDER BY id;

-- Slips: printed before anybody needs them, bound to the first matter that was registered with them.
CREATE TABLE slip(
  code      TEXT PRIMARY KEY,       -- as residents type it, without its dash
  community TEXT NOT NULL,
  phc       TEXT NOT NULL,          -- argon2id of the PIN, which stands on the paper alone
  made_ms   INTEGER NOT NULL,
  matter    BLOB,
  bound_ms  INTEGER
) WITHOUT ROWID;
CREATE INDEX slip_matter ON slip(matter) WHERE matter IS NOT NULL;

-- Phones count by the office's calendar: what of it a commons was told, as the seq of a setting.
ALTER TABLE stream ADD COLUMN calendar INTEGER NOT NULL DEFAULT 0;
