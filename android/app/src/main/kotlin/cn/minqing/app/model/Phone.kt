package cn.minqing.app.model

/** How the officer wants the app. [places]: whether a matter's photos say where they were taken; nothing before that was asked. */
data class Settings(
    val size: TextSize = TextSize.STANDARD, val elder: Boolean = false, val sun: Boolean = false, val practice: Boolean = false,
    val english: Boolean? = null, val hidden: Boolean = false, val places: Boolean? = null, val server: String = "", val pin: String = "", val lastContactMs: Long = 0,
)

enum class TextSize(val scale: Float) { STANDARD(1f), LARGE(1.2f), LARGER(1.4f), LARGEST(2f) }

/** What screens ask of the phone itself. Each may be refused by its owner, and the rest works on. */
interface Phone {
    var settings: Settings

    /** Opens the dialler; the officer presses the button. */
    fun dial(number: String)

    /** A photo by the phone's own camera; its file comes to [Takes.photo]. */
    fun photograph()

    /** A photo of a QR; its words come to [Takes.scanned]. */
    fun scan()

    /** Begins a voice note; false where the microphone is refused. */
    fun record(): Boolean

    /** Ends it; its file comes to [Takes.voice]. */
    fun stopRecording()

    /** Writes what was drawn on the screen to a file of the app's own; its path. */
    fun write(picture: ByteArray): String

    /** Hands a file to whatever the officer chooses. */
    fun share(path: String)

    /** Nothing is left here of whom the phone belonged to: the key goes, and where the office is. */
    fun forget()

    /** Opens the phone's own messages with both filled in. */
    fun message(text: String, phones: List<String>)
}

/** A presenter that takes what the camera or the microphone brought. */
interface Takes {
    fun photo(path: String) = Unit
    fun voice(path: String) = Unit
    fun scanned(words: String) = Unit
}

/** The way to the office. */
interface Line {
    val state: Contact

    /** Speaks to the office now, or goes on with what is under way. */
    fun speak()
    fun stop()

    /** The first contact: [code] as typed or scanned. */
    fun enrol(server: String, code: String)

    /** Tells on the thread that draws how it goes. */
    fun watch(changed: ((Contact) -> Unit)?)
}

/** [trouble]: why the last one failed; offline is no trouble. */
data class Contact(
    val isUnderWay: Boolean = false, val isOffline: Boolean = false, val rows: Int = 0, val settled: Int = 0, val files: Int = 0,
    val trouble: Trouble? = null, val isRevoked: Boolean = false,
)

data class Trouble(val code: String, val said: String)
