-- One document's rows of a stream, in their order: without it SQLite goes through the whole stream.
DROP INDEX log_doc;
CREATE INDEX log_doc ON log(doc, stream, seq);
