-- What was done on this phone and has no final place at the office: its actions in order, files that are not there, and whose those are.
CREATE INDEX outbox_open ON outbox (journal) WHERE final = 0 OR state IN (2, 3, 4, 7, 18);
CREATE INDEX attachment_open ON attachment (sha256) WHERE state <> 1;
CREATE INDEX attachment_row_file ON attachment_row (sha256);
