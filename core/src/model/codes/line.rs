//! The lists of the line: what can happen to a matter, where it stands, and what its parts are called (docs/PIPELINE.md).

use super::key_in;

codes! {
    /// Events on a matter. Up to 30 the numbers are those of the transitions T1–T30; where one of them has several events, the others follow from 31.
    EventCode "event" {
        /// T1: a matter is written down.
        Register = 1 "register",
        /// T2: its type is chosen; later, chosen again.
        Accept = 2 "accept",
        /// T3: it will not be taken on.
        Refuse = 3 "refuse",
        /// T4: the resident objects to that.
        Appeal = 4 "appeal",
        /// T5: settled on the spot.
        SolveOnSpot = 5 "solve_on_spot",
        /// T6: explained, with a named place to go to.
        ExplainRefer = 6 "explain_refer",
        /// T7: given to a department or an officer.
        Assign = 7 "assign",
        /// T8: who is to handle it takes it.
        Sign = 8 "sign",
        /// T9: or gives it back.
        Return = 9 "return",
        /// T10: given to another department.
        Transfer = 10 "transfer",
        /// T11: one letter of all papers that are missing.
        NeedPapers = 11 "need_papers",
        /// T12: papers were brought.
        PapersIn = 12 "papers_in",
        /// T13: they were not brought in time.
        PapersLapse = 13 "papers_lapse",
        /// T14: goes to the superior.
        Escalate = 14 "escalate",
        /// T15: who answers it.
        SuperiorAnswers = 15 "superior_answers",
        /// T16: or gives it back.
        SuperiorReturns = 16 "superior_returns",
        /// T17: the result is written.
        Result = 17 "result",
        /// T18: and found good.
        Pass = 18 "pass",
        /// T19: more time.
        Extend = 19 "extend",
        /// T20: a resident was told the result.
        Feedback = 20 "feedback",
        /// T21: one to five stars.
        Rate = 21 "rate",
        /// T22: taken up once more.
        Reopen = 22 "reopen",
        /// T23: asked again, by call or visit.
        CallBack = 23 "call_back",
        /// T24: nobody rated.
        RatingWindowEnds = 24 "rating_window_ends",
        /// T25: follows another matter.
        Merge = 25 "merge",
        /// T26: no longer.
        Detach = 26 "detach",
        /// T27: the resident takes it back.
        Withdraw = 27 "withdraw",
        /// T28: registered by mistake.
        Void = 28 "void",
        /// T29: 催办
        Urge = 29 "urge",
        /// T30: an internal note.
        Note = 30 "note",
        /// T18: found wanting.
        SendBack = 31 "send_back",
        /// T10: another department helps.
        CoAssign = 32 "co_assign",
        /// T10: it has done its part.
        EndTask = 33 "end_task",
        /// T29: 督办
        Order = 34 "order",
        /// T29: 通报
        Name = 35 "name",
        /// T29: the order is answered.
        AnswerOrder = 36 "answer_order",
        /// T29: somebody asks for an order.
        AskOrder = 37 "ask_order",
        /// The second person agrees to what was proposed.
        Confirm = 38 "confirm",
        /// Or does not.
        Decline = 39 "decline",
        /// T25, on the master: another matter follows.
        TakeIn = 40 "take_in",
        /// T26, on the master: it no longer does.
        LetGo = 41 "let_go",
        /// A public text is written.
        DraftPublic = 42 "draft_public",
        /// A second person has read it.
        ApprovePublic = 43 "approve_public",
        /// It is shown.
        ShowPublic = 44 "show_public",
        /// No longer.
        TakeDownPublic = 45 "take_down_public",
        /// It will not be made public, for a reason.
        KeepPrivate = 46 "keep_private",
        /// A resident was told how it stands.
        Tell = 47 "tell",
        /// T29: a clock is nearly used up.
        Warn = 48 "warn",
        /// T13: the resident was reminded.
        Remind = 49 "remind",
    }
}

codes! {
    /// Main state of a matter.
    MatterState "matter-state" {
        /// 已登记
        Registered = 1 "registered",
        /// 已受理
        Accepted = 2 "accepted",
        /// 待签收
        Assigned = 3 "assigned",
        /// 办理中
        Handling = 4 "handling",
        /// 待补正
        Papers = 5 "papers",
        /// 已上报
        Escalated = 6 "escalated",
        /// 已批复
        Answered = 7 "answered",
        /// 待审核
        Review = 8 "review",
        /// 待反馈
        Feedback = 9 "feedback",
        /// 待回访评价
        FollowUp = 10 "follow_up",
        /// 已办结
        Closed = 11 "closed",
        /// 不予受理
        Refused = 12 "refused",
        /// 已并案
        Merged = 13 "merged",
        /// 已撤回
        Withdrawn = 14 "withdrawn",
        /// 已作废
        Void = 15 "void",
    }
}

impl MatterState {
    /// The stage it belongs to; `None` for what has left the line.
    pub fn stage(self) -> Option<Stage> {
        match self {
            Self::Registered | Self::Accepted => Some(Stage::Acceptance),
            Self::Assigned | Self::Handling | Self::Papers | Self::Escalated | Self::Answered | Self::Review => Some(Stage::Handling),
            Self::Feedback => Some(Stage::Feedback),
            Self::FollowUp | Self::Closed => Some(Stage::Oversight),
            Self::Refused | Self::Merged | Self::Withdrawn | Self::Void => None,
        }
    }

    /// Whether the line has ended here, unless somebody takes the matter up once more.
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::Closed | Self::Refused | Self::Withdrawn | Self::Void)
    }
}

codes! {
    /// The four stages of the line.
    Stage "stage" {
        /// 受理
        Acceptance = 1 "acceptance",
        /// 限期办理
        Handling = 2 "handling",
        /// 公示反馈
        Feedback = 3 "feedback",
        /// 跟踪监督
        Oversight = 4 "oversight",
    }
}

codes! {
    /// The five handling types.
    HandlingType "handling-type" {
        /// 即办件
        Immediate = 1 "immediate",
        /// 承诺件
        Promised = 2 "promised",
        /// 补办件
        Papers = 3 "papers",
        /// 上报件
        Escalated = 4 "escalated",
        /// 建议件
        Advice = 5 "advice",
    }
}

codes! {
    /// The five ways in which a result reaches people; what is told to one of them and what to all with the same trouble are ways of their own.
    FeedbackWay "feedback-way" {
        /// 固定式公开
        Fixed = 1 "fixed",
        /// 集中式公示
        Collective = 2 "collective",
        /// 单项式反馈, to one
        Individual = 3 "individual",
        /// 分散式答复
        Dispersed = 4 "dispersed",
        /// 约定式告知
        Appointment = 5 "appointment",
        /// 专项反馈, to all with the same trouble
        SpecialReply = 6 "special_reply",
    }
}

codes! {
    /// The clocks K0–K9; the number is that of the letter, plus one.
    Clock "clock" {
        /// K0: what the resident feels, from the moment it was done.
        Total = 1 "total",
        /// K1
        Accept = 2 "accept",
        /// K2
        Sign = 3 "sign",
        /// K3
        Handling = 4 "handling",
        /// K4
        Papers = 5 "papers",
        /// K5
        Superior = 6 "superior",
        /// K6
        Answer = 7 "answer",
        /// K7
        Feedback = 8 "feedback",
        /// K8
        Rating = 9 "rating",
        /// K9
        Publicity = 10 "publicity",
    }
}

codes! {
    /// The lamp of a matter.
    Lamp "lamp" {
        /// Time enough.
        None = 1 "none",
        /// At least 80 % used, or a working day left at most.
        Yellow = 2 "yellow",
        /// Over.
        Red = 3 "red",
    }
}

codes! {
    /// How far supervision has gone.
    SupervisionOrder "supervision-order" {
        /// Not at all.
        None = 1 "none",
        /// 催办
        Urged = 2 "urged",
        /// 督办
        Ordered = 3 "ordered",
        /// 通报
        Named = 4 "named",
    }
}

codes! {
    /// Where a matter's public text stands.
    PublicationState "publication" {
        /// Nobody decided.
        None = 1 "none",
        /// Written.
        Drafted = 2 "drafted",
        /// Read by a second person.
        Approved = 3 "approved",
        /// 公示中
        Shown = 4 "shown",
        /// No longer shown.
        TakenDown = 5 "taken_down",
        /// Not to be made public.
        Private = 6 "private",
    }
}

codes! {
    /// What came of a matter.
    MatterOutcome "matter-outcome" {
        /// 已解决
        Solved = 1 "solved",
        /// 部分解决
        Partly = 2 "partly",
        /// 未解决, with the reason
        NotSolvedExplained = 3 "not_solved_explained",
        /// Explained, with a named place to go to.
        ExplainedReferred = 4 "explained_referred",
        /// The papers were not brought.
        Lapsed = 5 "lapsed",
    }
}

codes! {
    /// Why a matter is not taken on.
    RefuseReason "refuse-reason" {
        /// It is before a court or an arbitrator.
        InCourt = 1 "in_court",
        /// The same is being handled already.
        Handled = 2 "handled",
        /// Nobody can tell what is wanted.
        Unclear = 3 "unclear",
        /// It is against the law.
        Unlawful = 4 "unlawful",
        /// Something else, as the text says.
        Other = 5 "other",
    }
}

codes! {
    /// Whether a result solves what was asked.
    Solved "solved" {
        /// Yes.
        Yes = 1 "yes",
        /// In part.
        Partly = 2 "partly",
        /// No, and the reply says why.
        No = 3 "no",
    }
}

codes! {
    /// What shows that somebody was told.
    Proof "proof" {
        /// Nothing.
        None = 1 "none",
        /// A signature.
        Signature = 2 "signature",
        /// The matter's code.
        Code = 3 "code",
    }
}

codes! {
    /// What a call back found.
    CallBackResult "call-back" {
        /// The resident confirms that it is solved.
        Confirmed = 1 "confirmed",
        /// And says it is not.
        NotSolved = 2 "not_solved",
        /// Nobody was reached.
        NotReached = 3 "not_reached",
    }
}

codes! {
    /// Who contributed to a result.
    Contributor "contributor" {
        /// 街道
        Street = 1 "street",
        /// 社区
        Community = 2 "community",
        /// 辖区单位
        Unit = 3 "unit",
        /// 上级
        Superior = 4 "superior",
    }
}

codes! {
    /// Why the server refused an event; travels in the verdict.
    RefusalCode "refusal" {
        /// A second `register` for one matter.
        AlreadyRegistered = 1 "already_registered",
        /// Somebody else was first; the verdict names the event.
        Overtaken = 2 "overtaken",
        /// The state of the matter does not allow it.
        NotAllowed = 3 "not_allowed",
        /// A code in the event is not known.
        UnknownCode = 4 "unknown_code",
        /// The author's role may not do this.
        Role = 6 "role",
        /// Not for a matter of this type.
        Type = 7 "type",
        /// Something needed for it was not said.
        Incomplete = 8 "incomplete",
        /// It was done as often as it may be.
        Bound = 9 "bound",
        /// The time for it is over.
        TooLate = 10 "too_late",
        /// A second person must do this.
        SamePerson = 11 "same_person",
        /// Another department's.
        OtherDepartment = 12 "other_department",
        /// The other matter does not fit.
        OtherMatter = 13 "other_matter",
        /// Nothing of that kind was proposed or listed.
        NothingSuch = 14 "nothing_such",
        /// This resident has rated already.
        AlreadyRated = 15 "already_rated",
        /// Another officer's visit.
        OtherOfficer = 16 "other_officer",
    }
}
