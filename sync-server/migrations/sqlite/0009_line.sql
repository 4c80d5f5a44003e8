-- The line: a matter is kept as folded, with the moment at which its clocks next come to something.
ALTER TABLE matter DROP COLUMN moved_by;
ALTER TABLE matter DROP COLUMN moved_at;
ALTER TABLE matter ADD COLUMN folded BLOB;        -- CBOR; null with a state = of an older version, folded again from the log when it is read
ALTER TABLE matter ADD COLUMN next_ms INTEGER;    -- null = its clocks come to nothing by themselves
UPDATE matter SET next_ms = 0 WHERE state IS NOT NULL;
CREATE INDEX matter_next ON matter(next_ms) WHERE next_ms IS NOT NULL;

ALTER TABLE matter_row ADD COLUMN handling TEXT NOT NULL DEFAULT '';
ALTER TABLE matter_row ADD COLUMN cycle INTEGER NOT NULL DEFAULT 1;
ALTER TABLE matter_row ADD COLUMN lamp TEXT NOT NULL DEFAULT 'none';
ALTER TABLE matter_row ADD COLUMN supervision TEXT NOT NULL DEFAULT 'none';
ALTER TABLE matter_row ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE matter_row ADD COLUMN department BLOB;
UPDATE matter_row SET handling = 'immediate', outcome = 'solved' WHERE state = 'feedback';

-- Who handles matters, and who of the staff works for whom.
CREATE TABLE department(
  id        BLOB PRIMARY KEY,
  community TEXT NOT NULL,
  name      TEXT NOT NULL,
  answers   TEXT NOT NULL,          -- the person answerable, as the hall shows it
  UNIQUE(community, name)
);
CREATE TABLE works_for(staff BLOB NOT NULL REFERENCES staff(id), department BLOB NOT NULL REFERENCES department(id), PRIMARY KEY(staff, department)) WITHOUT ROWID;
CREATE INDEX matter_code ON matter_row(code);

-- What anybody may read of a matter: the reply of its result, and the text that is shown.
CREATE TABLE public_text(matter BLOB NOT NULL, event BLOB NOT NULL, text TEXT NOT NULL, PRIMARY KEY(matter, event)) WITHOUT ROWID;
