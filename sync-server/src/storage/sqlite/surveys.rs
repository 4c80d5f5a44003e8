//! Forms from the documents, surveys from the projection.

use minqing_core::{
    Id,
    document::{Doc, form::versions},
    model::{Answer, Survey},
};
use rusqlite::{OptionalExtension, Row};

use super::Sqlite;
use crate::storage::{Result, StoreError, Surveys, Versions};

impl Surveys for Sqlite {
    fn forms(&self, community: &str) -> Result<Vec<(Id, Versions)>> {
        // By stream: by id SQLite would look at every document.
        let sql = "SELECT d.id, d.bytes FROM stream s CROSS JOIN document d ON d.stream = s.id
                   WHERE d.kind = 5 AND (?1 = '' OR s.name = 'commons:' || ?1) ORDER BY d.id";
        self.read(|c| {
            let mut found = c.prepare_cached(sql)?;
            let rows: Vec<(Id, Vec<u8>)> = found.query_map([community], |r| Ok((Id(r.get(0)?), r.get(1)?)))?.collect::<Result<_, _>>()?;
            rows.into_iter().map(|(id, bytes)| Ok((id, read(&bytes)?))).collect()
        })
    }

    fn form(&self, id: Id) -> Result<Option<Versions>> {
        self.read(|c| {
            let mut found = c.prepare_cached("SELECT bytes FROM document WHERE id = ?1 AND kind = 5")?;
            let bytes: Option<Vec<u8>> = found.query_row([id.0], |r| r.get(0)).optional()?;
            bytes.map(|bytes| read(&bytes)).transpose()
        })
    }

    fn surveys(&self, form: Id) -> Result<Vec<Survey>> {
        /// Visit, door and version: one filling in.
        type Filled = ([u8; 16], [u8; 16], u32);
        let value = |r: &Row<'_>| Ok(((r.get(0)?, r.get(1)?, r.get(2)?), r.get::<_, String>(3)?, r.get::<_, String>(4)?));
        self.read(|c| {
            let mut found = c.prepare_cached(
                "SELECT visit, household, version, question, value FROM answer_row WHERE form = ?1 ORDER BY visit, household, version, question, value",
            )?;
            let mut surveys: Vec<Survey> = Vec::new();
            let mut last: Option<Filled> = None;
            for row in found.query_map([form.0], value)? {
                let (filled, question, value): (Filled, String, String) = row?;
                if last.replace(filled) != Some(filled) {
                    surveys.push(Survey { form: form.to_string(), version: filled.2, answers: Vec::new() });
                }
                let Some(survey) = surveys.last_mut().filter(|_| !question.is_empty()) else { continue };
                match survey.answers.last_mut().filter(|a| a.question == question) {
                    Some(answer) => answer.values.push(value),
                    None => survey.answers.push(Answer { question, values: vec![value] }),
                }
            }
            Ok(surveys)
        })
    }
}

fn read(bytes: &[u8]) -> Result<Versions> {
    Doc::load(bytes).map(|doc| versions(&doc.content())).map_err(|e| StoreError::Damaged(e.code().to_owned()))
}
