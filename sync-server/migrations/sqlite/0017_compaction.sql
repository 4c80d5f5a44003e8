-- Up to which row changes' bodies are let go where the kept document gives them back. Heads stay for ever.
ALTER TABLE stream ADD COLUMN compacted INTEGER NOT NULL DEFAULT 0;
