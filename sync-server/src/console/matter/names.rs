//! Whose name stands behind an id: somebody of the office, an officer, a department.

use std::{cell::RefCell, collections::BTreeMap};

use minqing_core::{Id, ids::shown};

use crate::{
    app::App,
    storage::{Department, Result},
};

/// Names, each looked up once.
pub struct Names<'a> {
    app: &'a App,
    /// The community's departments.
    pub departments: Vec<Department>,
    found: RefCell<BTreeMap<String, String>>,
}

impl<'a> Names<'a> {
    /// Those of a community.
    pub fn of(app: &'a App, community: &str) -> Result<Self> {
        Ok(Self { app, departments: app.store.departments(community)?, found: RefCell::default() })
    }

    /// The name of an id; empty where nobody is known by it.
    pub fn name(&self, id: &str) -> Result<String> {
        if let Some(known) = self.found.borrow().get(id) {
            return Ok(known.clone());
        }
        let name = match id.parse::<Id>() {
            Ok(id) => self.look(id)?,
            Err(_) => String::new(),
        };
        self.found.borrow_mut().insert(id.to_owned(), name.clone());
        Ok(name)
    }

    /// The code of a matter, as it stands on its slip.
    pub fn code(&self, matter: Id) -> Result<String> {
        Ok(self.app.store.matter_row(matter)?.map(|row| shown(&row.code)).unwrap_or_default())
    }

    fn look(&self, id: Id) -> Result<String> {
        if let Some(department) = self.departments.iter().find(|d| d.id == id) {
            return Ok(department.name.clone());
        }
        if let Some(name) = self.app.store.name_of_staff(id)? {
            return Ok(name);
        }
        Ok(self.app.store.officer(id)?.map(|officer| officer.name).unwrap_or_default())
    }
}
