-- A matter for which somebody was called first, and one whose author runs the errand for the resident.
ALTER TABLE matter_row ADD COLUMN urgent TEXT NOT NULL DEFAULT '';
ALTER TABLE matter_row ADD COLUMN errand INTEGER NOT NULL DEFAULT 0;
CREATE INDEX matter_errand ON matter_row (officer, at_ms, id) WHERE errand;
-- Refused events that were dealt with: sent again as another, or only read (by = event).
CREATE TABLE replaced (event BLOB PRIMARY KEY, by BLOB NOT NULL);
-- Parts of the office's calendar: few, and looked for whenever a due date is shown.
CREATE INDEX fact_calendar ON fact (id) WHERE kind = 16;
