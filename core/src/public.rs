//! What everybody may read of a matter. Each of its fields is of a class that can be made by masking alone, so that no name, number
//! or sentence gets in as it was typed; the list of classes is closed ([`FieldClass`]).
//!
//! What somebody typed does not fit:
//!
//! ```compile_fail
//! use minqing_core::public::Masked;
//! let name = Masked(String::from("欧阳文"));
//! ```
//!
//! ```compile_fail
//! use minqing_core::public::PublicMatter;
//! fn show(matter: &mut PublicMatter) {
//!     matter.text = Some(String::from("请找欧阳文"));
//! }
//! ```
//!
//! ```compile_fail
//! use minqing_core::public::Place;
//! let place = Place { estate: String::new(), building: String::from("502室") };
//! ```
//!
//! But masked it does:
//!
//! ```
//! use minqing_core::public::Masked;
//! assert_eq!(Masked::of("欧阳文").as_str(), "欧阳**");
//! ```

mod approved;
mod class;
mod day;
mod department;
mod key;
mod masked;
mod matter;
mod person;
mod pictures;
mod place;
mod rule;
mod view;

pub use approved::Approved;
pub use class::FieldClass;
pub use day::Day;
pub use department::DepartmentName;
pub use key::PublicId;
pub use masked::Masked;
pub use matter::PublicMatter;
pub use person::Person;
pub use pictures::{CoveredCopy, Picture, Pictures};
pub use place::Place;
pub use rule::{is_never_public, may_be_public};
pub use view::{Known, public_view};
