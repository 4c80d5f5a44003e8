-- What the office's inbox shows. The first three tables are projections: made from documents and events alone.

-- Review cards: fields that hold more than one value.
CREATE TABLE review_row(doc BLOB NOT NULL, field TEXT NOT NULL, newest_s INTEGER NOT NULL, PRIMARY KEY(doc, field)) WITHOUT ROWID;
-- By what doors are found behind which the same people live: name and telephone, or name and year of birth, hashed.
CREATE TABLE who_key(community TEXT NOT NULL, key BLOB NOT NULL, household BLOB NOT NULL, PRIMARY KEY(community, key, household)) WITHOUT ROWID;
CREATE INDEX who_household ON who_key(household);
-- How many doors have a key; of those that a few share, the doors are looked up.
CREATE TABLE who_count(community TEXT NOT NULL, key BLOB NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(community, key)) WITHOUT ROWID;
CREATE INDEX who_shared ON who_count(community, n);
-- Events of officers that were refused.
CREATE TABLE refused_row(event BLOB PRIMARY KEY, matter BLOB NOT NULL, community TEXT NOT NULL, officer BLOB NOT NULL, code INTEGER NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX refused_community ON refused_row(community, at_ms);
-- The door that the office found for a matter that was registered without one, and the door that another one turned out to be.
ALTER TABLE matter_row ADD COLUMN found_door BLOB;
ALTER TABLE matter_row ADD COLUMN affected TEXT NOT NULL DEFAULT '';
CREATE INDEX matter_without_door ON matter_row(community, at_ms) WHERE household IS NULL AND found_door IS NULL AND affected = 'household' AND place <> '';
ALTER TABLE household_row ADD COLUMN merged_into BLOB;
-- What happened at a door.
CREATE INDEX visit_household ON visit_row(household, at_ms);
CREATE INDEX matter_household ON matter_row(household) WHERE household IS NOT NULL;
CREATE INDEX matter_door ON matter_row(found_door) WHERE found_door IS NOT NULL;

-- What the office made of a card of its inbox: to be counted, and to be taken back.
CREATE TABLE decision(
  id        BLOB PRIMARY KEY,
  community TEXT NOT NULL,
  kind      TEXT NOT NULL,          -- edit, door, address, refused
  doc       BLOB NOT NULL,
  other     TEXT NOT NULL,          -- the field, the other door, the door found, the event
  was       TEXT NOT NULL,          -- JSON of what stood there before, and is put back; empty once it is no longer known
  became    TEXT NOT NULL,
  staff     BLOB NOT NULL,
  at_ms     INTEGER NOT NULL,
  undone_ms INTEGER
) WITHOUT ROWID;
CREATE INDEX decision_community ON decision(community, at_ms);
CREATE INDEX decision_doc ON decision(doc);
CREATE INDEX decision_words ON decision(community, at_ms) WHERE was <> '';
CREATE INDEX household_merged ON household_row(merged_into) WHERE merged_into IS NOT NULL;
-- Where there were documents before, the projections are filled once as the server starts.
INSERT INTO meta(key, value) SELECT 'fill_inbox', 1 WHERE EXISTS(SELECT 1 FROM document);
