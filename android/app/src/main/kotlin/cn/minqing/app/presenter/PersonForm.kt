package cn.minqing.app.presenter

import cn.minqing.app.model.*

/** What is known of a person, one thought each. */
enum class PersonField { NAME, PHONE, YEAR, NEEDS, LANGUAGES, REFUSES, MOVED }

/** [field]: the one that is being filled in; none where all are looked over. Without [person] it is somebody new. */
data class PersonState(val form: FormDraft, val door: Door, val person: Person?, val lists: Map<PersonField, List<Term>>, val field: PersonField? = null) {
    val fields get() = PersonField.entries.filter { person != null || it != PersonField.MOVED }
    val isMoved get() = if (form[PersonField.MOVED.name].isEmpty()) person?.movedOut == true else form[PersonField.MOVED.name] == YES

    fun text(field: PersonField) = form.fields[field.name] ?: when (field) {
        PersonField.NAME -> person?.name
        PersonField.PHONE -> person?.phone
        PersonField.YEAR -> person?.birthYear?.takeIf { it > 0 }?.toString()
        else -> null
    } ?: ""

    fun known(field: PersonField): Set<String> = when (field) {
        PersonField.NEEDS -> person?.needs
        PersonField.LANGUAGES -> person?.languages
        PersonField.REFUSES -> person?.refuses
        else -> null
    }.orEmpty().map { it.code }.toSet()

    fun chosen(field: PersonField): List<Term> = (known(field) to form.switched(field.name)).let { (known, switched) ->
        lists[field].orEmpty().filter { switched[it.code] ?: (it.code in known) }
    }

    companion object {
        const val YES = "yes"
        const val NO = "no"
    }
}

sealed interface PersonEvent {
    data class Edit(val field: PersonField) : PersonEvent
    data class Write(val words: String) : PersonEvent
    data class Switch(val word: String) : PersonEvent
    data class Moved(val out: Boolean) : PersonEvent
    data object Call : PersonEvent
    data object Done : PersonEvent
    data object Back : PersonEvent
}

/** [key]: the door, and the person where it is not a new one. Only what was touched is written: a colleague may know the rest better. */
class PersonPresenter(work: Work, private val phone: Phone, private val go: Navigator, key: String) :
    FormPresenter<PersonState, PersonEvent>(work, DraftKind.PERSON, key) {
    private val door = key.substringBefore(' ')
    private val form get() = state.form

    override fun load(core: Core): PersonState {
        val home = core.doors.household(door)
        val lists = mapOf(PersonField.NEEDS to "need", PersonField.LANGUAGES to "language", PersonField.REFUSES to "consent").mapValues { core.words.choices(it.value) }
        return PersonState(begun(core, door), home.door, home.people.firstOrNull { it.id == key.substringAfter(' ', "") }, lists)
    }

    override fun on(event: PersonEvent) {
        when (event) {
            is PersonEvent.Edit -> show(state.copy(field = event.field))
            is PersonEvent.Write -> keep(form.with(field(), event.words))
            is PersonEvent.Switch -> keep(form.switch(field(), event.word, state.chosen(checkNotNull(state.field)).none { it.code == event.word }))
            is PersonEvent.Moved -> keep(form.with(field(), if (event.out) PersonState.YES else PersonState.NO))
            PersonEvent.Call -> phone.dial(state.text(PersonField.PHONE))
            PersonEvent.Done -> if (state.field != null) show(state.copy(field = null)) else save()
            PersonEvent.Back -> if (state.field != null) show(state.copy(field = null)) else go.back()
        }
    }

    private fun field() = checkNotNull(state.field).name
    private fun keep(form: FormDraft) = keep(form, state.copy(form = form))

    private fun save() {
        val person = state.person
        // Who was known and is not any more is not written down anew.
        if (if (person == null) ' ' in key else form.fields.isEmpty()) return go.back()
        val all = state
        done({ if (person == null) it.doors.addPerson(door, all.new()) else it.doors.change(door, all.edit(person)) }) { go.back() }
    }

    private fun PersonState.new() = NewPerson(
        text(PersonField.NAME).trim(), text(PersonField.PHONE).trim(), year(), codes(PersonField.NEEDS), codes(PersonField.LANGUAGES), codes(PersonField.REFUSES),
    )

    private fun PersonState.codes(field: PersonField) = chosen(field).map { it.code }.toSet()

    private fun PersonState.edit(person: Person) = PersonEdit(
        person.id, touched(PersonField.NAME)?.trim(), touched(PersonField.PHONE)?.trim(), touched(PersonField.YEAR)?.let { year() }, touched(PersonField.MOVED)?.let { isMoved },
        added(PersonField.NEEDS), dropped(PersonField.NEEDS), added(PersonField.LANGUAGES), dropped(PersonField.LANGUAGES), added(PersonField.REFUSES), dropped(PersonField.REFUSES),
    )

    private fun PersonState.touched(field: PersonField) = form.fields[field.name]
    private fun PersonState.added(field: PersonField) = form.switched(field.name).filterValues { it }.keys - known(field)
    private fun PersonState.dropped(field: PersonField) = form.switched(field.name).filterValues { !it }.keys intersect known(field)

    /** What is no number is no year, and core says so. */
    private fun PersonState.year() = text(PersonField.YEAR).trim().let { if (it.isEmpty()) 0 else it.toIntOrNull() ?: NO_YEAR }

    private companion object {
        const val NO_YEAR = -1
    }
}
