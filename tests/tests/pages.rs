//! The pages in a real browser: `tests/pages/` has the stories, this has what they find.

mod first_run;
mod story;
