-- Applying off the writer: a document is tried on a copy, and the trial is good as long as the version it was tried on stands.
ALTER TABLE document ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
