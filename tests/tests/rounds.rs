//! Walking rounds from outside the core: what holds of any plan, what no checker may let through, and Solomon's instances.

mod cases;
mod known;
mod properties;
mod sabotaged;
mod world;
