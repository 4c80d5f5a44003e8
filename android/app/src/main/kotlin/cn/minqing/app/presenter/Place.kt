package cn.minqing.app.presenter

/** Where one can be. A place is a word and a key, so that the way back outlives the process. */
data class Place(val screen: Kind, val key: String = "") {
    enum class Kind(val tab: Boolean = false) {
        TODAY(true), STAIRWELL(true), OUTBOX(true), ME(true),
        ENROL, DOOR, VISIT, TELL, NEW_MATTER, MATTER, SEARCH, NOTICES, ROUND, FEEDBACK, RATING, HOUSEHOLD, PERSON, WISHES, AGENDA, APPOINTMENT, PROPOSE, PAST, NEW_DOOR, PAPER,
    }

    fun save() = "${screen.name} $key"

    companion object {
        fun restore(saved: String) = saved.split(" ", limit = 2).let { (kind, key) -> Place(Kind.valueOf(kind), key) }
    }
}

/** The way through the app; the Activity is one, a test's list another. */
interface Navigator {
    fun open(place: Place)
    fun back()

    /** To a tab, with nothing behind it. */
    fun home(tab: Place)

    /** The screen is done: another stands in its place. */
    fun instead(place: Place)

    /** Settings changed what everything looks like. */
    fun restyle()
}
