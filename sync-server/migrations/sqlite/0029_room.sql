-- How much room a phone says is left on it, in MiB; NULL = enough.
ALTER TABLE device ADD COLUMN room_mib INTEGER;
