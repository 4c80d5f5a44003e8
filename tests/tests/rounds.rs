//! Walking rounds from outside the core: what holds of any plan and of whom to visit next, what no checker may let through, and Solomon's instances.

mod cases;
mod footways;
mod known;
mod properties;
mod sabotaged;
mod to_visit;
mod wanted;
mod world;
