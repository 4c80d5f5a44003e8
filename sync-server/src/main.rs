//! The binary `minqing`; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    minqing_sync_server::cli::main()
}
