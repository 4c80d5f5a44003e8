package cn.minqing.app.screen

import android.text.InputType
import cn.minqing.app.R
import cn.minqing.app.presenter.PersonEvent
import cn.minqing.app.presenter.PersonField
import cn.minqing.app.presenter.PersonState
import cn.minqing.app.view.*

/** One who lives here: a list of what is known; a tap changes one thing. */
class PersonScreen(frame: Frame) : PlainScreen<PersonState, PersonEvent>(frame) {

    override fun render(state: PersonState) {
        val field = state.field
        if (field == null) all(state) else one(state, field)
        frame.back { emit(PersonEvent.Back) }
        frame.primary(said(if (field == null) R.string.save else R.string.matter_done)) { emit(PersonEvent.Done) }
    }

    private fun all(state: PersonState) {
        head(state.text(PersonField.NAME).ifEmpty { said(R.string.new_person) }, said(R.string.tap_to_change), state.door.plate)
        noField()
        val phone = state.text(PersonField.PHONE)
        sections(
            listOf(
                Section(said(R.string.what_is_known), state.fields.map { Row(said(label(it)), words(state, it).ifEmpty { said(R.string.not_known) }, icon = icon(it), tap = { emit(PersonEvent.Edit(it)) }) }),
                Section(said(R.string.can_do), if (phone.isEmpty()) emptyList() else listOf(Row(said(R.string.call_person), phone, icon = R.drawable.ic_call, tap = { emit(PersonEvent.Call) }))),
            ),
        )
    }

    private fun one(state: PersonState, field: PersonField) {
        head(said(label(field)), hint(field)?.let { said(it) }, state.door.plate)
        if (field in TYPED) field(said(label(field)), state.text(field), TYPED.getValue(field)) { emit(PersonEvent.Write(it)) } else noField()
        val chosen = state.chosen(field)
        val rows = when (field) {
            PersonField.MOVED -> listOf(false to R.string.lives_here, true to R.string.moved_out).map { (out, words) -> choice(said(words), state.isMoved == out, PersonEvent.Moved(out)) }
            else -> state.lists[field].orEmpty().map { choice(it.said, it in chosen, PersonEvent.Switch(it.code)) }
        }
        sections(listOf(Section(said(R.string.choose), rows)))
    }

    private fun words(state: PersonState, field: PersonField) = when (field) {
        PersonField.MOVED -> said(if (state.isMoved) R.string.moved_out else R.string.lives_here)
        in TYPED -> state.text(field)
        else -> context.listed(state.chosen(field).map { it.said })
    }

    private fun hint(field: PersonField) = when (field) {
        PersonField.YEAR -> R.string.year_hint
        PersonField.REFUSES -> R.string.refuses_hint
        PersonField.MOVED -> R.string.moved_hint
        else -> null
    }

    private fun label(field: PersonField) = when (field) {
        PersonField.NAME -> R.string.person_name
        PersonField.PHONE -> R.string.person_phone
        PersonField.YEAR -> R.string.person_year
        PersonField.NEEDS -> R.string.person_needs
        PersonField.LANGUAGES -> R.string.person_languages
        PersonField.REFUSES -> R.string.person_refuses
        PersonField.MOVED -> R.string.person_moved
    }

    private fun icon(field: PersonField) = when (field) {
        PersonField.NAME -> R.drawable.ic_person
        PersonField.PHONE -> R.drawable.ic_call
        PersonField.YEAR -> R.drawable.ic_cal
        PersonField.NEEDS -> R.drawable.ic_info
        PersonField.LANGUAGES -> R.drawable.ic_ear
        PersonField.REFUSES -> R.drawable.ic_cross
        PersonField.MOVED -> R.drawable.ic_walk
    }

    override fun back() = true.also { emit(PersonEvent.Back) }

    private companion object {
        val TYPED = mapOf(
            PersonField.NAME to (InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_VARIATION_PERSON_NAME), PersonField.PHONE to InputType.TYPE_CLASS_PHONE, PersonField.YEAR to InputType.TYPE_CLASS_NUMBER,
        )
    }
}
