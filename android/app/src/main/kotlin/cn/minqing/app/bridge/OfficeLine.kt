package cn.minqing.app.bridge

import cn.minqing.app.bridge.network.Network
import cn.minqing.app.model.Contact
import cn.minqing.app.model.Line
import cn.minqing.app.model.Settings
import cn.minqing.app.model.Trouble
import cn.minqing.core.Contacted
import cn.minqing.core.Minqing
import cn.minqing.core.MinqingException
import cn.minqing.core.Progress
import cn.minqing.core.Transport
import java.util.concurrent.Executor
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.launch

/** Speaks to the office, one contact at a time; whoever asks in the middle of one is told when it ends. [screen] draws. */
class OfficeLine(
    private val store: Store, private val settings: () -> Settings, private val heard: (Settings) -> Unit, private val screen: Executor,
    private val way: (server: String, pin: String) -> Transport = { server, pin -> Network(server, pin) },
) : Line {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.IO)
    private var job: Job? = null
    private var watcher: ((Contact) -> Unit)? = null
    private val ends = mutableListOf<(Contact) -> Unit>()

    override var state = Contact()
        private set

    override fun speak() = speak { _ -> }

    /** The same, and says how it ended. */
    fun speak(end: (Contact) -> Unit) {
        ends += end
        if (!state.isUnderWay) run { minqing, progress -> minqing.sync(way(settings().server, settings().pin), progress) }
    }

    override fun stop() {
        job?.cancel()
    }

    override fun enrol(server: String, code: String) {
        if (state.isUnderWay) return
        run { minqing, progress ->
            minqing.beginEnrolment(code, APP)
            minqing.talk(way(server, settings().pin), progress).also { screen.execute { heard(settings().copy(server = server)) } }
        }
    }

    override fun watch(changed: ((Contact) -> Unit)?) {
        watcher = changed
        changed?.invoke(state)
    }

    private fun run(contact: suspend (Minqing, Progress) -> Contacted) {
        show(Contact(isUnderWay = true))
        job = scope.launch {
            val end = try {
                said(contact(store.forWork(), Heard()))
            } catch (e: MinqingException) {
                val why = store.refusal(e)
                Contact(isOffline = why.code == OFFLINE, trouble = if (why.code == OFFLINE) null else Trouble(why.code, why.said))
            }
            screen.execute { ended(end) }
        }.also { it.invokeOnCompletion { why -> if (why != null) screen.execute { ended(Contact()) } } }
    }

    /** The office has revoked this phone, and the core has deleted what was on it. */
    var revoked: () -> Unit = {}

    private fun ended(end: Contact) {
        if (!state.isUnderWay) return
        if (end.trouble == null && !end.isOffline && !end.isRevoked) heard(settings().copy(lastContactMs = System.currentTimeMillis()))
        show(end)
        if (end.isRevoked) revoked()
        ends.toList().also { ends.clear() }.forEach { it(end) }
    }

    private fun said(brought: Contacted, isUnderWay: Boolean = false) =
        Contact(isUnderWay, rows = brought.rows.toInt(), settled = brought.settled.toInt(), files = brought.files.toInt(), isRevoked = brought.revoked)

    private fun show(next: Contact) {
        state = next
        watcher?.invoke(next)
    }

    private inner class Heard : Progress {
        override fun contacted(soFar: Contacted) = screen.execute { if (state.isUnderWay) show(said(soFar, isUnderWay = true)) }
    }

    private companion object {
        /** What core says where the office was not reached. */
        const val OFFLINE = "office.unreachable"
        const val APP = "android 0.1"
    }
}
