-- Up to which row changes' bodies are let go where the kept document gives them back. Heads stay for ever.
ALTER TABLE stream ADD COLUMN compacted INTEGER NOT NULL DEFAULT 0;
-- Volumes of visits that are on no phone: nothing of them counts in their streams until somebody writes on them again.
ALTER TABLE document ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
