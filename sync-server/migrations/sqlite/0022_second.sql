-- The second step of signing in, for staff who have turned it on: a secret that their phone has, too (RFC 6238).
CREATE TABLE staff_second(
  staff  BLOB PRIMARY KEY REFERENCES staff(id),
  secret BLOB NOT NULL,
  step   INTEGER NOT NULL          -- of the last code that was taken: none is taken twice
) WITHOUT ROWID;
