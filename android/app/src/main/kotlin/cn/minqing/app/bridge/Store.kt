package cn.minqing.app.bridge

import cn.minqing.app.model.Core
import cn.minqing.app.model.Refused
import cn.minqing.app.model.Settings
import cn.minqing.app.model.Work
import cn.minqing.core.Listener
import cn.minqing.core.Listing
import cn.minqing.core.Minqing
import cn.minqing.core.MinqingException
import cn.minqing.core.Platform
import java.io.File
import java.util.concurrent.Callable
import java.util.concurrent.Executor
import java.util.concurrent.Executors

/** The thread that draws. */
interface Screen : Executor {
    fun later(ms: Long, what: () -> Unit)
}

/**
 * The phone's one opened store, and the thread on which it is asked; in practice the practice space in its place. [saved]: something waits for
 * the office.
 */
class Store(
    val directory: File, private val platform: Platform, private val key: () -> ByteArray, private val settings: () -> Settings,
    private val screen: Screen, private val saved: () -> Unit = {},
) : Work {
    private val thread = Executors.newSingleThreadExecutor { Thread(it, "store") }
    private var changed: (() -> Unit)? = null

    // Opened on the thread of the store, which may take a second, and never closed but by leaving practice.
    private var work: Minqing? = null
    private var play: Minqing? = null

    override fun <T> ask(question: (Core) -> T, answer: (T) -> Unit, refused: (Refused) -> Unit) = thread.execute {
        val said = said { question(core()) }
        screen.execute { said.fold(answer) { refused(it as? Refused ?: throw it) } }
    }

    override fun later(ms: Long, what: () -> Unit) = screen.later(ms, what)

    override fun listen(changed: (() -> Unit)?) {
        this.changed = changed
    }

    /** The store of the work, whatever is being practised; for whoever speaks to the office. Waits for the thread of the store. */
    fun forWork(): Minqing = thread.submit(Callable { opened() }).get()

    /** What was opened is deleted, and of no use any more. */
    fun forget() = thread.execute {
        work?.close()
        work = null
    }

    /** What was refused, in the officer's language. */
    fun refusal(e: MinqingException) = Refused(e.code(), if (english) e.english() else e.chinese())

    private val english get() = settings().english ?: (java.util.Locale.getDefault().language == "en")

    private fun <T> said(question: () -> T): Result<T> = try {
        Result.success(mended(question))
    } catch (e: MinqingException) {
        Result.failure(refusal(e))
    } catch (e: Exception) {
        Result.failure(e)
    }

    /** Where a page or a document of the file cannot be read, all that can be is brought over, and the question asked once more. */
    private fun <T> mended(question: () -> T): T = try {
        question()
    } catch (e: MinqingException) {
        if (e.code() !in DAMAGED || settings().practice) throw e
        do { val mended = opened().mend() } while (mended.more)
        question()
    }

    private fun core(): Core = CoreOf(if (settings().practice) practised() else leftPractice(), if (english) "en" else "zh")

    private fun opened() = work ?: Minqing(directory.path, platform, key()).also {
        work = it
        it.listen(Heard())
    }

    private fun practised() = play ?: Minqing.practice(directory.path, platform).also {
        play = it
        it.listen(Heard())
    }

    private fun leftPractice(): Minqing {
        play?.leavePractice()
        play = null
        return opened()
    }

    private companion object {
        val DAMAGED = setOf("store.damaged", "document.malformed")
    }

    private inner class Heard : Listener {
        override fun listsChanged(lists: List<Listing>) = screen.execute {
            if (Listing.OUTBOX in lists) saved()
            changed?.invoke()
        }
    }
}

private fun MinqingException.code() = when (this) {
    is MinqingException.Invalid -> code
    is MinqingException.Missing -> code
    is MinqingException.Malformed -> code
    is MinqingException.State -> code
    is MinqingException.Office -> code
    is MinqingException.Store -> code
}

private fun MinqingException.chinese() = when (this) {
    is MinqingException.Invalid -> zh
    is MinqingException.Missing -> zh
    is MinqingException.Malformed -> zh
    is MinqingException.State -> zh
    is MinqingException.Office -> zh
    is MinqingException.Store -> zh
}

private fun MinqingException.english() = when (this) {
    is MinqingException.Invalid -> en
    is MinqingException.Missing -> en
    is MinqingException.Malformed -> en
    is MinqingException.State -> en
    is MinqingException.Office -> en
    is MinqingException.Store -> en
}
