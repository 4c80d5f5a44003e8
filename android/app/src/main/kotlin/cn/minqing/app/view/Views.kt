package cn.minqing.app.view

import android.app.Activity
import android.content.Context
import android.text.Editable
import android.text.TextWatcher
import android.util.TypedValue
import android.view.LayoutInflater
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.TextView
import cn.minqing.app.R

// android-all marks these results @Nullable, the SDK's android.jar does not: code that goes through here compiles against both.
fun <T : View> Activity.view(id: Int): T = findViewById<T>(id) ?: error("no view ${resources.getResourceName(id)}")
fun <T : View> View.view(id: Int): T = findViewById<T>(id) ?: error("no view ${resources.getResourceName(id)}")
inline fun <reified T : Any> Context.service(): T = getSystemService(T::class.java) ?: error("no ${T::class.java.name}")

fun View.text(id: Int): TextView = view(id)

/** A door's plate, in full. */
fun View.plate(id: Int, words: String) = text(id).say(unbroken(words))

/** The text, and no empty line where there is none. */
fun TextView.say(words: CharSequence?) {
    text = words ?: ""
    visible = !words.isNullOrEmpty()
}

/** Whatever is typed goes to [then], letter by letter. */
fun EditText.typed(then: (String) -> Unit) = addTextChangedListener(object : TextWatcher {
    override fun afterTextChanged(text: Editable) = then(text.toString())
    override fun beforeTextChanged(text: CharSequence?, start: Int, count: Int, after: Int) = Unit
    override fun onTextChanged(text: CharSequence?, start: Int, before: Int, count: Int) = Unit
})

/** These words, with the cursor at their end, unless they stand there. */
fun EditText.show(words: String) {
    if (text.toString() == words) return
    setText(words)
    setSelection(text.length)
}

var View.visible: Boolean
    get() = visibility == View.VISIBLE
    set(value) {
        visibility = if (value) View.VISIBLE else View.GONE
    }

/** A colour of the theme in force: light, night or bright sun. */
fun Context.colour(attr: Int): Int = TypedValue().also { check(theme.resolveAttribute(attr, it, true)) }.data

fun Context.size(attr: Int): Int = TypedValue().also { check(theme.resolveAttribute(attr, it, true)) }
    .let { TypedValue.complexToDimensionPixelSize(it.data, resources.displayMetrics) }

fun ViewGroup.inflate(layout: Int): View = LayoutInflater.from(context).inflate(layout, this, false)

/** As many children as there are items: rows that stay are filled anew, so focus and scrolling stay too. */
fun <T> ViewGroup.each(items: Collection<T>, layout: Int, fill: (View, T) -> Unit) {
    while (childCount > items.size) removeViewAt(childCount - 1)
    items.forEachIndexed { i, item -> fill(getChildAt(i) ?: inflate(layout).also(::addView), item) }
}

/** Letters so large that two things no longer stand side by side. */
val Context.large get() = resources.configuration.fontScale >= 1.5f

/** One goes under the other where letters are large. */
fun LinearLayout.stackIfLarge() {
    if (orientation == LinearLayout.VERTICAL || !context.large) return
    orientation = LinearLayout.VERTICAL
    for (child in (0 until childCount).map(::getChildAt)) {
        child.layoutParams = LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, LinearLayout.LayoutParams.WRAP_CONTENT)
            .apply { topMargin = if (child is Button) resources.getDimensionPixelSize(R.dimen.s2) else 0 }
    }
}
