package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.Refused
import cn.minqing.app.model.Trouble
import cn.minqing.app.model.Work

/**
 * The brain of one screen. It holds the one immutable state and turns each event into calls and the next state.
 * Pure Kotlin: nothing in this package may import what only a phone has (ArchitectureTest).
 */
abstract class Presenter<S : Any, E : Any>(private val work: Work) {
    private var shown: S? = null
    private var render: ((S) -> Unit)? = null
    private var tell: ((Trouble?) -> Unit)? = null
    private var finishing = false

    /** As it was shown last; only after the first [load]. */
    val state: S get() = checkNotNull(shown) { "nothing is loaded yet" }
    val isLoaded get() = shown != null

    /** What the screen shows, from the store, on its thread. */
    protected abstract fun load(core: Core): S

    abstract fun on(event: E)

    /** From now on every state is rendered, and what was refused is told. */
    fun attach(render: (S) -> Unit, tell: (Trouble?) -> Unit) {
        this.render = render
        this.tell = tell
        shown?.let(render)
        reload()
    }

    fun detach() {
        render = null
        tell = null
    }

    /** Lists have changed. A form that holds what is being typed does not listen. */
    open fun changed() = reload()

    protected fun reload() = ask(::load, then = ::show)

    /** Asks the store; [then] comes on the thread that draws. What it refuses is told, after [refused]. */
    protected fun <T> ask(question: (Core) -> T, refused: () -> Unit = {}, then: (T) -> Unit) = work.ask(question, then) {
        refused()
        refuse(it)
    }

    /** Does something in the store, once, then shows what has become of it. */
    protected fun act(deed: (Core) -> Unit) = finish({ core -> deed(core); load(core) }, stays = true) { next ->
        tell?.invoke(null)
        show(next)
    }

    /** Writes what this screen is for, once: a second tap of a trembling finger is none, until what was written is shown where the screen [stays]. */
    protected fun <T> finish(deed: (Core) -> T, stays: Boolean = false, then: (T) -> Unit) {
        if (finishing) return
        finishing = true
        work.ask(deed, {
            finishing = !stays
            then(it)
        }) {
            finishing = false
            refuse(it)
        }
    }

    /** What comes late has nothing to add to what was written. */
    protected val isFinished get() = finishing

    protected fun later(ms: Long, what: () -> Unit) = work.later(ms, what)

    protected fun show(next: S) {
        if (next == shown) return
        shown = next
        render?.invoke(next)
    }

    protected fun refuse(why: Refused) {
        tell?.invoke(Trouble(why.code, why.said))
    }
}
