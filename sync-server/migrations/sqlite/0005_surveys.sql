-- Answers of surveys: a projection of the visit volumes, one row a value; of a question with many choices one a choice.
-- A row without a question says that the form was filled in, were it without any answer.
CREATE TABLE answer_row(
  visit     BLOB NOT NULL,
  household BLOB NOT NULL,
  form      BLOB NOT NULL,
  version   INTEGER NOT NULL,
  question  TEXT NOT NULL,
  value     TEXT NOT NULL,
  PRIMARY KEY(visit, household, form, version, question, value)
) WITHOUT ROWID;
CREATE INDEX answer_form ON answer_row(form, visit, household, version, question, value);
CREATE INDEX document_form ON document(stream) WHERE kind = 5;
