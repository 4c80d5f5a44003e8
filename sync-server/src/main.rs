//! The binary `minqing`; everything is in the library.

use std::process::ExitCode;

/// Documents are many small pieces, made on one thread and dropped on another; the system's own allocator takes a fifth of
/// all time with them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    minqing_sync_server::cli::main()
}
