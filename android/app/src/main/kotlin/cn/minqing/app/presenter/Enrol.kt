package cn.minqing.app.presenter

import cn.minqing.app.model.Contact
import cn.minqing.app.model.Core
import cn.minqing.app.model.Line
import cn.minqing.app.model.Phone
import cn.minqing.app.model.Takes
import cn.minqing.app.model.Work
import java.net.URI
import java.net.URISyntaxException
import java.net.URLDecoder

/** What the office's QR says: where it is, the code, and the pin of its certificate where it has one. */
data class EnrolLink(val server: String, val code: String, val pin: String) {
    companion object {
        /** Of `minqing:enrol?server=https://…&code=…`; nothing where it is something else. */
        fun read(words: String): EnrolLink? {
            if (!words.startsWith("minqing:enrol?")) return null
            val said = words.substringAfter('?').split('&').associate { it.substringBefore('=') to decoded(it.substringAfter('=', "")) }
            val server = said["server"].orEmpty()
            val code = said["code"].orEmpty()
            return if (server.isEmpty() || code.isEmpty()) null else EnrolLink(server, code, said["pin"].orEmpty())
        }

        private fun decoded(value: String) = try {
            URLDecoder.decode(value.replace("+", "%2B"), "UTF-8")
        } catch (_: IllegalArgumentException) {
            ""
        }
    }
}

enum class EnrolTrouble { NO_ADDRESS, NOT_SAFE, NO_CODE, NOT_A_LINK }

/** [isRevoked]: the office took this phone's right to its data, and the phone has deleted it. */
data class EnrolState(
    val server: String, val code: String, val pin: String = "", val isRevoked: Boolean = false, val typing: Boolean = false, val trouble: EnrolTrouble? = null,
    val contact: Contact = Contact(),
)

sealed interface EnrolEvent {
    data object Scan : EnrolEvent
    data object Type : EnrolEvent
    data class Server(val address: String) : EnrolEvent
    data class Code(val code: String) : EnrolEvent
    data object Go : EnrolEvent
    data object Practice : EnrolEvent
}

class EnrolPresenter(work: Work, private val line: Line, private val phone: Phone, private val go: Navigator, private val key: String) :
    Presenter<EnrolState, EnrolEvent>(work), Takes {
    private var begun = false

    override fun load(core: Core): EnrolState {
        val link = EnrolLink.read(key)
        return EnrolState(link?.server ?: "", link?.code ?: "", link?.pin ?: "", key == REVOKED, link != null)
    }

    override fun changed() = Unit

    override fun on(event: EnrolEvent) {
        when (event) {
            EnrolEvent.Scan -> phone.scan()
            EnrolEvent.Type -> show(state.copy(typing = true, trouble = null))
            is EnrolEvent.Server -> show(state.copy(server = event.address, trouble = null))
            is EnrolEvent.Code -> show(state.copy(code = event.code, trouble = null))
            EnrolEvent.Go -> if (state.typing) enrol() else phone.scan()
            EnrolEvent.Practice -> {
                phone.settings = phone.settings.copy(practice = true)
                go.home(Place(Place.Kind.TODAY))
            }
        }
    }

    override fun scanned(words: String) {
        val link = EnrolLink.read(words)
        if (link == null) show(state.copy(trouble = EnrolTrouble.NOT_A_LINK))
        else show(state.copy(server = link.server, code = link.code, pin = link.pin, typing = true, trouble = null))
    }

    private fun enrol() {
        val server = address(state.server)
        val wrong = when {
            server.isEmpty() -> EnrolTrouble.NO_ADDRESS
            !isSafe(server) -> EnrolTrouble.NOT_SAFE
            state.code.isBlank() -> EnrolTrouble.NO_CODE
            else -> null
        }
        if (wrong != null) return show(state.copy(trouble = wrong))
        begun = true
        phone.settings = phone.settings.copy(pin = state.pin, practice = false)
        line.watch(::heard)
        line.enrol(server, state.code.trim())
    }

    private fun heard(contact: Contact) {
        show(state.copy(contact = contact))
        if (begun && !contact.isUnderWay && contact.trouble == null && !contact.isOffline && contact != Contact()) go.home(Place(Place.Kind.TODAY))
    }

    companion object {
        /** The key of the place after the office has revoked the phone. */
        const val REVOKED = "revoked"

        /** As people type it: without https:// and with a slash at the end. */
        fun address(typed: String): String {
            val plain = typed.trim().trimEnd('/')
            return if (plain.isEmpty() || "://" in plain) plain else "https://$plain"
        }

        /** Nothing of anybody goes over an open line; a server on this very machine is for trying out. */
        fun isSafe(server: String): Boolean = try {
            val at = URI(server)
            at.host != null && (at.scheme == "https" || at.scheme == "http" && at.host in LOCAL)
        } catch (_: URISyntaxException) {
            false
        }

        private val LOCAL = setOf("127.0.0.1", "localhost", "10.0.2.2")
    }
}
