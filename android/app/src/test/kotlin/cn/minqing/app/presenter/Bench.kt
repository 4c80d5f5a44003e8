package cn.minqing.app.presenter

import cn.minqing.app.OtherPhone
import cn.minqing.app.Seed
import cn.minqing.app.bridge.CoreOf
import cn.minqing.app.model.Core
import cn.minqing.app.model.Phone
import cn.minqing.app.model.Refused
import cn.minqing.app.model.Settings
import cn.minqing.app.model.Trouble
import cn.minqing.app.model.Work
import java.io.File
import java.nio.file.Files

/** A presenter's surroundings without Android: the real library over a copy of the seeded phone, asked at once. */
class Bench(english: Boolean = false) : AutoCloseable {
    private val directory: File = Files.createTempDirectory("bench").toFile()
    private val phone = Seed.directory.copyRecursively(directory, overwrite = true).let { OtherPhone(directory, Seed.key) }
    val core: Core = CoreOf(phone.store, if (english) "en" else "zh")
    val go = Steps()
    val hands = Hands()
    val saved = LastSaved()
    val refused = mutableListOf<Trouble>()
    private val later = mutableListOf<() -> Unit>()

    val work = object : Work {
        override fun <T> ask(question: (Core) -> T, answer: (T) -> Unit, refused: (Refused) -> Unit) = try {
            answer(question(CoreOf(phone.store, if (english) "en" else "zh")))
        } catch (e: Refused) {
            refused(e)
        } catch (e: cn.minqing.core.MinqingException) {
            refused(Refused(Regex("code=([a-z_.]+)").find(e.message.orEmpty())?.groupValues?.get(1) ?: e.message.orEmpty(), e.message.orEmpty()))
        }

        override fun later(ms: Long, what: () -> Unit) {
            later += what
        }

        override fun listen(changed: (() -> Unit)?) = Unit
    }

    /** What was answered at a visit. */
    fun survey(visit: String) = phone.store.survey(visit)?.answers?.associate { it.question to it.values }

    /** What a camera or a finger leaves. */
    fun picture(): String = hands.write(Drawn.png())

    /** Shown from now on; what is refused goes into [refused]. */
    fun <S : Any, E : Any, P : Presenter<S, E>> show(presenter: P): P = presenter.also { it.attach({}) { why -> if (why != null) refused += why } }

    /** A colleague writes, or this officer on another screen. */
    fun library() = phone.store

    /** What was to be done later is done now. */
    fun timePasses() = later.toList().also { later.clear() }.forEach { it() }

    override fun close() {
        phone.store.close()
        directory.deleteRecursively()
    }
}

/** Where a presenter went. */
class Steps : Navigator {
    val went = mutableListOf<String>()

    override fun open(place: Place) = note("open ${place.save()}")
    override fun back() = note("back")
    override fun home(tab: Place) = note("home ${tab.save()}")
    override fun instead(place: Place) = note("instead ${place.save()}")
    override fun restyle() = note("restyle")

    private fun note(step: String) {
        went += step.trim()
    }
}

/** What a presenter asked of the phone itself. */
class Hands : Phone {
    val asked = mutableListOf<String>()
    override var settings = Settings()
    override fun dial(number: String) = note("dial $number")
    override fun photograph() = note("photograph")
    override fun scan() = note("scan")
    override fun record(): Boolean = true.also { note("record") }
    override fun stopRecording() = note("stop")
    override fun write(picture: ByteArray): String = File.createTempFile("drawn", ".png").apply { writeBytes(picture) }.path
    override fun share(path: String) = note("share")
    override fun message(text: String, phones: List<String>) = note("message $text to $phones")

    override fun forget() = note("forget")

    private fun note(what: String) {
        asked += what
    }
}
