//! The people's matters pipeline, held against its design (docs/PIPELINE.md): written from the rules, not from the table in the code.

mod accepted;
mod arrivals;
mod bugs;
mod clocks;
mod counted;
mod explored;
mod hands;
mod masked;
mod merged;
mod papers;
mod paths;
mod published;
mod rated;
mod refused;
mod reopened;
mod rules;
mod states;
mod superior;
mod supervised;
mod table;
mod terms;
mod walks;
mod wander;
