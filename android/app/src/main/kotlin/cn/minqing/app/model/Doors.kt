package cn.minqing.app.model

/** Households: what is known of a door, and what is written about it. */
interface Doors {
    fun brief(door: String): Brief
    fun household(door: String): Household

    /** Whether anybody there does not agree to photos; nobody does where the door is not known here. */
    fun refusesPhotos(door: String): Boolean

    /** Visits of a year that lies at the office alone; nothing while they are not here. */
    fun history(door: String, year: Int): List<Past>?
    fun askHistory(door: String, year: Int)

    fun stairwells(): List<Stairwell>
    fun floors(of: Stairwell): List<Floor>
    fun search(text: String, most: Int): List<Found>

    fun address(door: String): Address

    /** Writes down a door of the same grid as [beside]; returns it. */
    fun add(beside: String, address: Address): String
    fun addPerson(door: String, person: NewPerson)
    fun change(door: String, person: PersonEdit)
    fun remark(door: String, note: String)
    fun wish(door: String, edit: WishEdit)

    fun tell(door: String, news: News)
    fun notices(): List<Notice>
}

/** What to know before the bell. [lines] are sentences to read first. */
data class Brief(
    val door: Door, val people: List<Person>, val lines: List<String>, val promised: List<Promise>, val toTell: List<News>,
    val visits: List<Past>, val agreed: List<Appointment>, val draft: DraftRow?,
)

/** Parts of an address, each as it is spoken; of a house in a lane the last two. */
data class Address(val parts: Map<AddressPart, String>)

enum class AddressPart { ESTATE, BUILDING, STAIRWELL, FLOOR, ROOM, LANE, DOOR }

/** [age] is not known for everybody; [refuses]: what they do not agree to. */
data class Person(
    val id: String, val name: String, val age: Int?, val birthYear: Int, val phone: String, val needs: List<Term>, val languages: List<Term>,
    val refuses: List<Term>, val movedOut: Boolean,
)

data class NewPerson(val name: String, val phone: String, val birthYear: Int, val needs: Set<String>, val languages: Set<String>, val refuses: Set<String>)

/** What is not named stays as it is. */
data class PersonEdit(
    val id: String, val name: String? = null, val phone: String? = null, val birthYear: Int? = null, val movedOut: Boolean? = null,
    val addNeeds: Set<String> = emptySet(), val dropNeeds: Set<String> = emptySet(), val addLanguages: Set<String> = emptySet(),
    val dropLanguages: Set<String> = emptySet(), val refuses: Set<String> = emptySet(), val agrees: Set<String> = emptySet(),
)

data class Household(
    val door: Door, val people: List<Person>, val visits: List<Past>, val promises: List<Promise>, val matters: List<Matter>,
    val yearsAtOffice: List<Int>, val wishes: Wishes,
) {
    /** One who does not agree is enough: a photo shows the home of all. */
    val refusesPhotos get() = people.any { who -> who.refuses.any { it.code == "photos" } }
}

/** When and by whom a household would be called on; whether there is a lift. */
data class Wishes(val lift: Boolean?, val needs: List<Term>, val spans: List<Span>)

/** Minutes of a day of the week, 1 = Monday. */
data class Span(val weekday: Int, val from: Int, val until: Int)

data class WishEdit(
    val lift: Boolean? = null, val addNeeds: Set<String> = emptySet(), val dropNeeds: Set<String> = emptySet(),
    val addSpans: List<Span> = emptyList(), val dropSpans: List<Span> = emptyList(),
)

/** A visit in a line. */
data class Past(val id: String, val door: String, val at: String, val mine: Boolean, val outcome: Term, val note: String, val status: Status)

enum class NewsKind { MATTER, MORE_TIME, NOTICE }

/** Something new for a door: of its matter, or a notice of the office. */
data class News(val kind: NewsKind, val matter: String, val notice: String, val event: String, val text: String, val at: String) {
    val id get() = event.ifEmpty { notice }
}

/** A notice to read out, and until when. */
data class Notice(val id: String, val text: String, val until: String)

data class Stairwell(val estate: String, val building: String, val stairwell: String, val lane: String, val plate: String, val doors: Int, val visited: Int)

data class Floor(val name: String, val cells: List<Cell>)

enum class DoorMark { NONE, VISITED, NOBODY_IN, REFUSED, FEEDBACK, DUE }

data class Cell(val door: String, val label: String, val mark: DoorMark, val lastVisit: String, val people: Int, val isOld: Boolean, val isIll: Boolean, val isAlone: Boolean)

enum class FoundKind { VISIT, MATTER, HOUSEHOLD, PERSON }

/** [title] and [snippet] with the places that were looked for, as [from, until). */
data class Found(val kind: FoundKind, val id: String, val door: String, val title: Marked, val snippet: Marked, val status: Status)

data class Marked(val text: String, val hits: List<IntRange>)
