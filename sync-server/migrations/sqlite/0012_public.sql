-- What everybody may read: the matters that are shown, under a name that tells nothing of them.
CREATE TABLE public_matter(
  matter   BLOB PRIMARY KEY,
  id       BLOB NOT NULL UNIQUE,
  shown_ms INTEGER NOT NULL         -- since when
) WITHOUT ROWID;
CREATE INDEX public_matter_shown ON public_matter(shown_ms, id);

-- A public text is held against the names of its community.
CREATE INDEX household_community ON household_row(community);

-- A result says who found it good: folded again from the log when it is read.
UPDATE matter SET folded = NULL WHERE state IS NOT NULL;
