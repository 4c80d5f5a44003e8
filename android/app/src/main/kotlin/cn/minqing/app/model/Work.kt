package cn.minqing.app.model

/** The store has a thread of its own; answers come on the one that draws, in the order in which was asked. */
interface Work {
    /** Asks, and gives the answer, or what was said in its place. */
    fun <T> ask(question: (Core) -> T, answer: (T) -> Unit, refused: (Refused) -> Unit)

    /** Does something later, on the thread that draws. */
    fun later(ms: Long, what: () -> Unit)

    /** Calls [changed] on the thread that draws whenever lists have changed; in the place of the one before, nobody where there is none. */
    fun listen(changed: (() -> Unit)?)
}
