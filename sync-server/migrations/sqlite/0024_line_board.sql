-- The board of the line reads matters by state, what is due first before the rest. Both columns are the server's own, no projections: a due
-- date is what the calendar in force makes of the clocks, and is made again when that changes.
ALTER TABLE matter ADD COLUMN due_ms INTEGER;                                              -- null = no clock of it runs
ALTER TABLE matter_row ADD COLUMN due_ms INTEGER NOT NULL DEFAULT 9223372036854775807;     -- the same; the largest number = none
ALTER TABLE matter_row ADD COLUMN hand BLOB;                                               -- who of the office did something with it last
CREATE INDEX matter_line ON matter_row(community, state, due_ms, id, lamp, category, department, hand);
-- Closed, refused, withdrawn, void: no clock of them runs, and the default says so.
UPDATE matter SET next_ms = 0 WHERE state IS NOT NULL AND state NOT IN (11, 12, 14, 15);
