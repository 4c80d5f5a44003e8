-- Officers, households and phones that move on.

-- The newest scope a phone has named, in how many answers it was told of a newer one since, and how many items it said it still had.
ALTER TABLE device ADD COLUMN scope INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN scope_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN unsent INTEGER NOT NULL DEFAULT 0;
-- Since when whatever the phone brings is kept apart, and nothing is given to it.
ALTER TABLE device ADD COLUMN revoked_ms INTEGER;
-- Items that a phone held when it took up its newest scope: they count as written under the one before.
CREATE TABLE scope_claim(device INTEGER NOT NULL, opening BLOB NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, scope INTEGER NOT NULL);
CREATE INDEX scope_claim_device ON scope_claim(device, opening);
-- By which streams a document was read before, as its home or shared: whoever did may have written on it before hearing that it left.
CREATE TABLE former_home(doc BLOB NOT NULL, stream INTEGER NOT NULL REFERENCES stream(id), PRIMARY KEY(doc, stream)) WITHOUT ROWID;
