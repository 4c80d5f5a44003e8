//! The pages in a real browser: `tests/pages/` has the stories, this has what they find.

mod board;
mod crawl;
mod design;
mod first_run;
mod handling;
mod households;
mod inbox;
mod matter;
mod office;
mod photo;
mod residents;
mod rounds;
mod story;
mod window;
