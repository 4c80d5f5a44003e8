-- Forms are read as documents: few, and found by their kind.
CREATE INDEX document_form ON document (id) WHERE kind = 5;
