//! The phone's side of tus 1.0, without a socket: what to send next, and what an answer means.

/// The version of the protocol.
pub const VERSION: &str = "1.0.0";
/// Most bytes sent at once; a cut costs no more than this.
pub const CHUNK: u64 = 512 << 10;
/// Fewest, where a network is so slow that more would never arrive in time.
pub const LEAST_CHUNK: u64 = 32 << 10;

/// What to send next for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// `POST`: the office does not know of it yet.
    Create,
    /// `HEAD`: after a cut the office alone knows how far it came.
    Ask,
    /// `PATCH`: so many bytes from there; none if only the last word is missing.
    Send {
        /// From which byte.
        from: u64,
        /// How many.
        len: u64,
    },
}

/// What an answer means for the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It lies at the office.
    Done,
    /// The office has so many bytes.
    At(u64),
    /// How far it came is not known: ask.
    Unsure,
    /// The office knows nothing of this upload: begin anew.
    Gone,
    /// Not now: at a later exchange.
    Later,
    /// Perhaps never: if the problem says so.
    Refused,
}

/// The next step. `created`: the office gave the upload an address; `at`: how far it came, if that is sure; `chunk`: most bytes at once.
pub fn next(created: bool, at: Option<u64>, length: u64, chunk: u64) -> Step {
    match (created, at) {
        (false, _) => Step::Create,
        (true, None) => Step::Ask,
        (true, Some(from)) => Step::Send { from, len: length.saturating_sub(from).min(chunk) },
    }
}

/// Reads an answer to a step. `offset` is its `Upload-Offset`.
pub fn answered(step: Step, status: u16, offset: Option<u64>, length: u64) -> Answered {
    match (step, status, offset) {
        // The office has the file from this phone already.
        (Step::Create, 201, Some(at)) if at == length => Answered::Done,
        (Step::Create, 201, at) => Answered::At(at.unwrap_or(0)),
        (Step::Ask, 200 | 204, Some(at)) if at <= length => Answered::At(at),
        (Step::Send { .. }, 204, Some(at)) if at == length => Answered::Done,
        (Step::Send { from, len }, 204, Some(at)) if at > from && at <= from + len => Answered::At(at),
        (Step::Send { .. }, 409, _) => Answered::Unsure,
        (Step::Ask | Step::Send { .. }, 404 | 410 | 460, _) => Answered::Gone,
        (_, 413 | 422, _) => Answered::Refused,
        _ => Answered::Later,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_nothing_to_done_with_a_cut() {
        let length = CHUNK + 10;
        assert_eq!(next(false, None, length, CHUNK), Step::Create);
        assert_eq!(answered(Step::Create, 201, None, length), Answered::At(0));
        let first = next(true, Some(0), length, CHUNK);
        assert_eq!(first, Step::Send { from: 0, len: CHUNK });
        assert_eq!(next(true, None, length, CHUNK), Step::Ask, "after a cut");
        assert_eq!(answered(Step::Ask, 200, Some(700), length), Answered::At(700));
        let rest = next(true, Some(CHUNK), length, CHUNK);
        assert_eq!(rest, Step::Send { from: CHUNK, len: 10 });
        assert_eq!(answered(rest, 204, Some(length), length), Answered::Done);
        assert_eq!(next(true, Some(length), length, CHUNK), Step::Send { from: length, len: 0 }, "only the last word is missing");
    }

    #[test]
    fn an_answer_that_cannot_be_true_is_not_believed() {
        let send = Step::Send { from: 10, len: 20 };
        for offset in [None, Some(10), Some(9), Some(31), Some(u64::MAX)] {
            assert_eq!(answered(send, 204, offset, 100), Answered::Later, "{offset:?}");
        }
        assert_eq!(answered(Step::Ask, 200, Some(101), 100), Answered::Later);
        assert_eq!(answered(send, 409, None, 100), Answered::Unsure);
        for (status, meant) in [
            (404, Answered::Gone),
            (460, Answered::Gone),
            (422, Answered::Refused),
            (400, Answered::Later),
            (429, Answered::Later),
            (423, Answered::Later),
            (503, Answered::Later),
        ] {
            assert_eq!(answered(send, status, None, 100), meant);
        }
        assert_eq!(answered(Step::Create, 404, None, 100), Answered::Later, "a server without attachments may get them");
    }
}
