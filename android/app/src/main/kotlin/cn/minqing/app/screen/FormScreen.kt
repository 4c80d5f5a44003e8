package cn.minqing.app.screen

import android.text.InputType
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.ProgressBar
import cn.minqing.app.R
import cn.minqing.app.view.*

/** A form: one thought after the other, how far one is, and when it was kept last. What a thought does not fill is not there. */
abstract class FormScreen<S : Any, E : Any>(frame: Frame) : Screen<S, E>(frame, R.layout.page_form) {
    private val field = page.view<EditText>(R.id.note)
    private var typed: (String) -> Unit = {}
    private var shown: Any? = null

    init {
        field.typed { typed(it) }
    }

    /** [thought] tells one from the next, which begins at its top. */
    protected fun head(thought: Any, plate: String, number: Int, of: Int, question: CharSequence, hint: CharSequence? = null, error: CharSequence? = null) {
        page.plate(R.id.plate, plate)
        page.text(R.id.step).text = said(R.string.step_of, number, of)
        page.view<ProgressBar>(R.id.progress).apply {
            max = of
            progress = number
        }
        page.text(R.id.question).text = question
        page.text(R.id.hint).say(hint)
        page.text(R.id.error).say(error)
        page.text(R.id.error).icon(R.drawable.ic_red)
        if (shown != null && shown != thought) frame.toTop()
        shown = thought
    }

    /** What is typed here; what is being typed stays. [type] as of InputType. */
    protected fun field(words: String, hint: CharSequence, type: Int = SENTENCES, typed: (String) -> Unit) {
        this.typed = {} // another kind of field is filled anew by itself
        field.visible = true
        field.hint = hint
        if (field.inputType != type) field.inputType = type
        field.minLines = if (type == SENTENCES) LINES else 1
        field.show(words)
        this.typed = typed
    }

    protected fun noField() {
        typed = {}
        field.visible = false
    }

    protected fun write() {
        field.requestFocus()
    }

    /** Something of this screen's own, above what is typed. */
    protected fun <V : View> own(part: V): V = part.also { page.view<ViewGroup>(R.id.own).addView(it) }

    protected fun showOwn(seen: Boolean) {
        page.view<View>(R.id.own).visible = seen
    }

    /** Buttons above what is typed; with [over] the picture stands above its word. */
    protected fun tools(tools: List<Choice>, over: Boolean = false) = grid(R.id.tools, tools, over)

    /** Choices by picture, under what is typed. */
    protected fun pictures(pictures: List<Choice>) = grid(R.id.pictures, pictures, over = true)

    private fun grid(id: Int, choices: List<Choice>, over: Boolean) = page.view<ViewGroup>(id).run {
        visible = choices.isNotEmpty()
        choices(choices, over)
    }

    protected fun rows(rows: List<Row>) = page.view<ViewGroup>(R.id.rows).rows(rows)

    protected fun kept(savedAt: String, busy: Boolean) = page.text(R.id.kept).show(
        when {
            busy -> Mark(R.drawable.ic_up, said(R.string.preparing), R.attr.soft)
            savedAt.isEmpty() -> null
            else -> Mark(R.drawable.ic_draft, said(R.string.kept_at, savedAt), R.attr.soft)
        },
    )

    protected fun choice(icon: Int, words: String, more: String, chosen: Boolean, event: E) =
        Row(words, more, taken(context, chosen), icon = icon, chosen = chosen, tap = { emit(event) })

    protected fun said(words: Int, vararg with: Any): String = context.getString(words, *with)

    protected companion object {
        const val SENTENCES = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE or InputType.TYPE_TEXT_FLAG_CAP_SENTENCES
        const val LINE = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_CAP_SENTENCES
        const val CAPITALS = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_CAP_CHARACTERS
        private const val LINES = 5
    }
}

/** That something is chosen, in mark and word. */
fun taken(context: android.content.Context, chosen: Boolean): Mark? =
    if (chosen) Mark(R.drawable.ic_tick, context.getString(R.string.chosen), R.attr.link, bold = true) else null
