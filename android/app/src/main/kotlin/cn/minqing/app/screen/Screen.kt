package cn.minqing.app.screen

import android.content.Context
import android.os.Build
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import cn.minqing.app.R
import cn.minqing.app.model.Trouble
import cn.minqing.app.presenter.Place
import cn.minqing.app.view.Api30
import cn.minqing.app.view.each
import cn.minqing.app.view.icon
import cn.minqing.app.view.inflate
import cn.minqing.app.view.large
import cn.minqing.app.view.say
import cn.minqing.app.view.stackIfLarge
import cn.minqing.app.view.text
import cn.minqing.app.view.view
import cn.minqing.app.view.visible

/** A screen renders states and emits events; it decides nothing. */
abstract class Screen<S : Any, E : Any>(protected val frame: Frame, page: Int) {
    protected val page: View = frame.show(page)
    protected val context: Context get() = page.context
    lateinit var emit: (E) -> Unit

    abstract fun render(state: S)

    /** What the phone's own way back means here; false: leave the screen. */
    open fun back(): Boolean = false
}

/** What every screen has: a page that scrolls, and below it the dado with way back, primary action and tabs. */
class Frame(val root: View) {
    private val dado = root.view<View>(R.id.dado)
    private val actions = root.view<LinearLayout>(R.id.actions)
    private val back = root.view<Button>(R.id.back)
    private val go = root.view<Button>(R.id.go)

    init {
        actions.stackIfLarge()
        if (Build.VERSION.SDK_INT >= 30) Api30.padForSystemBars(root, dado)
    }

    fun show(layout: Int): View {
        val page = root.view<ViewGroup>(R.id.page)
        page.removeAllViews()
        return page.inflate(layout).also(page::addView)
    }

    /** The one thing to do here. */
    fun primary(words: CharSequence, icon: Int = 0, tap: () -> Unit) {
        go.say(words, icon)
        go.setOnClickListener { tap() }
    }

    /** What was refused or failed, until something else is done: what, why and what to do, and the code to tell the office. */
    fun trouble(why: Trouble?) = root.text(R.id.trouble).run {
        say(why?.let { context.getString(R.string.who_what, it.said, it.code) })
        icon(R.drawable.ic_red)
    }

    fun toTop() = root.view<View>(R.id.scroll).scrollTo(0, 0)

    fun back(tap: (() -> Unit)?) {
        back.visible = tap != null
        back.setOnClickListener { tap?.invoke() }
    }

    /** On every screen, so that nobody takes play for work. */
    fun practice(on: Boolean) = root.view<TextView>(R.id.practice).run {
        visible = on
        icon(R.drawable.ic_practice)
    }

    fun tabs(now: Place.Kind, home: (Place) -> Unit) {
        val tabs = root.view<ViewGroup>(R.id.tabs)
        tabs.visible = now.tab
        if (!now.tab) return
        tabs.each(tabWords.toList(), R.layout.tab) { view, (kind, look) ->
            (view as TextView).apply {
                setText(look.first)
                if (context.large) say(resources.getText(look.first), look.second) else icon(look.second, over = true, grow = 1.5f)
                isSelected = kind == now
                paint.isFakeBoldText = isSelected
                setOnClickListener { home(Place(kind)) }
            }
        }
    }

    private companion object {
        val tabWords = mapOf(
            Place.Kind.TODAY to (R.string.tab_today to R.drawable.ic_walk),
            Place.Kind.STAIRWELL to (R.string.tab_stairwell to R.drawable.ic_house),
            Place.Kind.OUTBOX to (R.string.tab_outbox to R.drawable.ic_send),
            Place.Kind.ME to (R.string.tab_me to R.drawable.ic_person),
        )
    }
}
