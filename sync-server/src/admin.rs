//! What an administrator sets up. Plain functions over the store: the command line and the demo call them.

mod code;
mod community;
mod department;
mod officer;
mod staff;

pub use code::{enrol_link, new_code};
pub use community::{MAX_GRIDS, add_community};
pub use department::{add_department, put_to_work};
pub use officer::{NewOfficer, add_officer, move_officer, preview_move};
pub use staff::{add_first, add_staff, check_name, grant, new_password, revoke, staff};

pub use crate::auth::password::Password;
