//! How many files and connections the operating system lets this process have open.

/// Asks for as many as it may have at all; what it grants is enough for some thousands of phones nearly everywhere.
pub(super) fn raise() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        if setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_err() {
            tracing::warn!(?current, ?maximum, "the limit on open files could not be raised");
        }
    }
}
