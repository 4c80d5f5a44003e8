//! The closed list of what a public field may be.

use super::{Approved, Day, DepartmentName, Masked, Pictures, Place, PublicId};
use crate::model::{Category, Channel, HandlingType, MatterKind, MatterOutcome, MatterState, Stage};

/// What a field that everybody reads may be: masked, approved by a second person, or coded, which is a word of a closed list, a day
/// or hashes. Nothing outside of this module can be added to it.
pub trait FieldClass: sealed::Sealed {}

mod sealed {
    pub trait Sealed {}
}

macro_rules! classes {
    ($($class:ty)+) => { $(impl sealed::Sealed for $class {} impl FieldClass for $class {})+ };
}

classes!(Masked Pictures Place Approved DepartmentName PublicId Day Category Channel HandlingType MatterKind MatterOutcome MatterState Stage);

impl<T: FieldClass> sealed::Sealed for Option<T> {}
impl<T: FieldClass> FieldClass for Option<T> {}
