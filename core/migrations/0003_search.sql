-- Search: one row of `find_row` for each household, resident, visit and matter, and under the same number its words in
-- `find`. The number is kind, second and place within the second, so that the order of numbers is the order of answers.
CREATE TABLE find_row (
  rowid INTEGER PRIMARY KEY,
  kind  INTEGER NOT NULL,        -- 1 visit, 2 matter, 3 household, 4 resident
  id    BLOB NOT NULL,
  owner BLOB NOT NULL,           -- the document it comes from
  at_s  INTEGER NOT NULL,        -- 0 for doors and residents
  mark  INTEGER NOT NULL,        -- a hash of the words: equal = nothing to do
  UNIQUE (owner, kind, id)
);
-- Contentless: the texts are in the rows that lists show. Each Han character is a word of its own.
CREATE VIRTUAL TABLE find USING fts5(names, pinyin, phone, address, door, note,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', detail = full);

-- Orders in full, so that no list sorts; the stairwells of a lane beside those of a building.
DROP INDEX visit_household;
DROP INDEX visit_officer;
DROP INDEX matter_household;
DROP INDEX follow_up_household;
CREATE INDEX visit_household ON visit_row (household, at_ms, id);
CREATE INDEX visit_officer ON visit_row (officer, at_ms, id);
CREATE INDEX matter_household ON matter_row (household, at_ms, id);
CREATE INDEX follow_up_household ON follow_up_row (household, done, (due = ''), due, id);
CREATE INDEX household_stairwell ON household_row (estate, building, stairwell, lane);
-- What is put aside, with what was given back (7).
DROP INDEX outbox_aside;
CREATE INDEX outbox_aside ON outbox (state) WHERE state IN (2, 3, 4, 7, 18);
DROP INDEX event_matter;
CREATE INDEX event_matter ON event (matter, (ordinal IS NULL), ordinal);
CREATE INDEX event_refused ON event (id) WHERE mine AND refused IS NOT NULL;
