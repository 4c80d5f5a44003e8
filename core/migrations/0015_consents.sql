-- What a resident does not agree to, words of the consent list.
ALTER TABLE resident_row ADD COLUMN refuses TEXT NOT NULL DEFAULT '';
