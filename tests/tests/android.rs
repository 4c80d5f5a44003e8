//! The officer's app on Android: its sentences, and the app itself against a real office.

mod app;
mod words;
