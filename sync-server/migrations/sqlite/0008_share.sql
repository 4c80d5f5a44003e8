-- Documents that are given to somebody besides their home: each row of theirs is appended to that stream too.
CREATE TABLE share(doc BLOB NOT NULL, stream INTEGER NOT NULL REFERENCES stream(id), PRIMARY KEY(doc, stream)) WITHOUT ROWID;
