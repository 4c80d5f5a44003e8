package cn.minqing.app.screen

import android.text.InputType
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import cn.minqing.app.R
import cn.minqing.app.view.Choice
import cn.minqing.app.view.Row
import cn.minqing.app.view.Section
import cn.minqing.app.view.choices
import cn.minqing.app.view.facts
import cn.minqing.app.view.icon
import cn.minqing.app.view.plate
import cn.minqing.app.view.say
import cn.minqing.app.view.sections
import cn.minqing.app.view.show
import cn.minqing.app.view.text
import cn.minqing.app.view.typed
import cn.minqing.app.view.view
import cn.minqing.app.view.visible

/** A screen of headings and rows. What a state does not fill is not there. */
abstract class PlainScreen<S : Any, E : Any>(frame: Frame) : Screen<S, E>(frame, R.layout.page_plain) {
    private val field = page.view<EditText>(R.id.field)
    private var typed: (String) -> Unit = {}

    init {
        listOf(R.id.plate, R.id.title, R.id.lead, R.id.warn, R.id.label, R.id.choices_label).forEach { page.text(it).visible = false }
        field.typed { typed(it) }
    }

    protected fun head(title: CharSequence?, lead: CharSequence? = null, plate: String = "", warn: CharSequence? = null, lamp: Int = 0) {
        page.plate(R.id.plate, plate)
        page.text(R.id.title).say(title)
        page.text(R.id.lead).say(lead)
        page.text(R.id.warn).say(warn)
        page.text(R.id.warn).icon(lamp)
    }

    /** The one thing that is typed here. What is being typed stays; [type] as of InputType. */
    protected fun field(label: CharSequence, words: String, type: Int = InputType.TYPE_CLASS_TEXT, hint: CharSequence? = null, typed: (String) -> Unit) {
        page.text(R.id.label).say(label)
        field.visible = true
        this.typed = {}
        if (field.inputType != type) field.inputType = type
        field.hint = hint
        field.show(words)
        this.typed = typed
    }

    protected fun noField() {
        typed = {}
        page.text(R.id.label).visible = false
        field.visible = false
    }

    /** Small choices side by side, under a heading. */
    protected fun choices(label: CharSequence, choices: List<Choice>) {
        page.text(R.id.choices_label).say(label)
        page.view<ViewGroup>(R.id.choices).choices(choices)
    }

    protected fun sections(sections: List<Section>) = page.view<ViewGroup>(R.id.sections).sections(sections)

    /** Lines to read, under everything else. */
    protected fun facts(facts: List<Pair<CharSequence, CharSequence>>) = page.view<ViewGroup>(R.id.facts).facts(facts)

    protected fun choice(words: String, chosen: Boolean, event: E, more: String? = null) = Row(words, more, taken(context, chosen), chosen = chosen, tap = { emit(event) })

    protected fun said(words: Int, vararg with: Any): String = context.getString(words, *with)

    protected fun focus() {
        field.requestFocus()
    }

    protected fun show(id: Int, seen: Boolean) {
        page.view<View>(id).visible = seen
    }

    protected companion object {
        const val MANY_LINES = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
    }
}
