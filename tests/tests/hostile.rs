//! Whoever means harm: bytes that no honest side makes, against every reader of them; and clients that wear a server out.

mod bombs;
mod clients;
mod corpus;
mod mutated;
mod slow;
mod targets;
