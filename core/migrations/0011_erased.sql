-- Documents that the office erased and began anew, by erasure. upto: the last outbox row written on what was erased. state: 0 = some of that
-- still waits, 1 = its bytes may still lie in the file, 2 = nothing is left, 3 = the office knows. Rows stay: an erasure is read again in a log of another history.
CREATE TABLE erased (erasure BLOB NOT NULL, doc BLOB NOT NULL, upto INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (erasure, doc)) WITHOUT ROWID;
CREATE INDEX erased_doc ON erased (doc);
CREATE INDEX erased_state ON erased (state) WHERE state < 3;
