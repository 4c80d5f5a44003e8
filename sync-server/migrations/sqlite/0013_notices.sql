-- Notices are read as documents: few, and found by their kind.
CREATE INDEX document_notice ON document(stream) WHERE kind = 4;
