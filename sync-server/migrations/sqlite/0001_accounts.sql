-- Who and where: areas, streams, officers, phones, staff.

CREATE TABLE meta(
  key   TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE area(
  id     TEXT PRIMARY KEY,
  parent TEXT,
  kind   TEXT NOT NULL,
  name   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX area_parent ON area(parent, id);

-- seq, sum and link belong to the log: the number of the last row, the stream's sum and hash chain after it.
CREATE TABLE stream(
  id        INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL,
  name      TEXT NOT NULL UNIQUE,
  community TEXT NOT NULL,
  seq       INTEGER NOT NULL DEFAULT 0,
  sum       INTEGER NOT NULL DEFAULT 0,
  link      BLOB NOT NULL DEFAULT (zeroblob(32))
);

CREATE TABLE officer(
  id           BLOB PRIMARY KEY,
  name         TEXT NOT NULL,
  community    TEXT NOT NULL,
  background   TEXT,
  party_member INTEGER,
  created_ms   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX officer_community ON officer(community);

-- Old versions stay: what was written under one is judged by it. `streams` is a JSON array of names, in order.
CREATE TABLE officer_scope(
  officer BLOB NOT NULL REFERENCES officer(id),
  version INTEGER NOT NULL,
  streams TEXT NOT NULL,
  PRIMARY KEY(officer, version)
) WITHOUT ROWID;

-- Only the SHA-256 of a code is kept: who reads the database cannot enrol.
CREATE TABLE enrol_code(
  hash       BLOB PRIMARY KEY,
  officer    BLOB NOT NULL REFERENCES officer(id),
  expires_ms INTEGER NOT NULL,
  used_by    INTEGER
) WITHOUT ROWID;

CREATE TABLE device(
  number             INTEGER PRIMARY KEY,
  officer            BLOB NOT NULL REFERENCES officer(id),
  sign_key           BLOB NOT NULL,
  seal_key           BLOB NOT NULL,
  app                TEXT NOT NULL,
  enrolled_ms        INTEGER NOT NULL,
  last_exchange_ms   INTEGER,
  ticket_issued      BLOB,
  ticket_shown       BLOB,
  refresh_hash       BLOB NOT NULL,
  refresh_next_hash  BLOB,
  clone_suspected_ms INTEGER
);
CREATE INDEX device_officer ON device(officer);

CREATE TABLE staff(
  id         BLOB PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  role       TEXT NOT NULL,
  community  TEXT NOT NULL,
  phc        TEXT NOT NULL,
  created_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE session(
  hash       BLOB PRIMARY KEY,
  staff      BLOB NOT NULL REFERENCES staff(id),
  csrf       TEXT NOT NULL,
  expires_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_expires ON session(expires_ms);
