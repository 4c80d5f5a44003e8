//! Forms: written by the office, in its community's commons, which every phone of the community takes.

use minqing_core::{
    Id,
    document::{
        DocKind,
        form::{form_id, put},
    },
    model::Form,
};

use super::commons::{read, write};
use crate::{app::App, fault::Fault};

/// The form 社情民意 that every community begins with.
const SHIPPED: &str = include_str!("../../data/forms/social_opinion.json");
/// Largest form that is read, in bytes.
const MAX_BYTES: usize = 64 << 10;

/// Reads a form as it lies in a file.
///
/// # Errors
/// `form.malformed`, and what [`Form::check`] says.
pub fn read_form(text: &str) -> Result<Form, Fault> {
    let form: Form = read(text, MAX_BYTES, "form.malformed")?;
    form.check()?;
    Ok(form)
}

/// The form that every community begins with.
///
/// # Errors
/// None that a test would not have found.
pub fn shipped_form() -> Result<Form, Fault> {
    read_form(SHIPPED)
}

/// Gives a community a form, or a form its next version; returns its id and whether anything was new.
///
/// # Errors
/// What [`Form::check`] says; `form.version` where the version is there with other content, or a newer one is; `community.unknown`,
/// `store.failed`.
pub fn add_form(app: &App, community: &str, form: &Form) -> Result<(Id, bool), Fault> {
    let id = form_id(community, &form.name);
    // Surveys that came before it, as to a server that was restored, come in with it.
    let added = write(app, community, (DocKind::Form, id), |w, now| put(w, now, community, form))?;
    Ok((id, added))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{COMMUNITY, World};

    #[test]
    fn a_form_is_added_once_and_grows_by_versions() {
        let world = World::open();
        let mut form = shipped_form().unwrap();
        let (id, added) = add_form(&world.app, COMMUNITY, &form).unwrap();
        assert!(added && add_form(&world.app, COMMUNITY, &form).unwrap() == (id, false));
        form.title.en = "Otherwise".into();
        assert_eq!(add_form(&world.app, COMMUNITY, &form).unwrap_err().code, "form.version");
        form.version = 2;
        assert_eq!(add_form(&world.app, COMMUNITY, &form).unwrap(), (id, true));
        assert_eq!(add_form(&world.app, "999999999999", &form).unwrap_err().code, "community.unknown");
        assert!(crate::rebuild::check(world.store()).unwrap().is_good());
        let (_, kept) = world.store().forms(COMMUNITY).unwrap().remove(0);
        assert_eq!(kept.into_keys().collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn what_is_no_form_is_refused_by_its_place() {
        let refused = |text: &str| read_form(text).map_err(|f| (f.code, f.what)).unwrap_err();
        assert_eq!(refused("{\n \"name\": 5}"), ("form.malformed", "2:10".into()));
        assert_eq!(refused(&SHIPPED.replace("\"version\": 1", "\"version\": 0")), ("form.version", "version".into()));
        assert_eq!(refused(&" ".repeat(MAX_BYTES + 1)).0, "form.malformed");
    }
}
