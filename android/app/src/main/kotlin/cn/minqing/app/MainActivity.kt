package cn.minqing.app

import android.app.Activity
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.LayoutInflater
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import cn.minqing.app.bridge.Hands
import cn.minqing.app.model.Takes
import cn.minqing.app.model.Trouble
import cn.minqing.app.presenter.EnrolPresenter
import cn.minqing.app.presenter.Navigator
import cn.minqing.app.presenter.OutboxPresenter
import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.presenter.Presenter
import cn.minqing.app.screen.Frame
import cn.minqing.app.screen.Screen
import cn.minqing.app.view.Look

/** The one window: it joins a place's screen and presenter, and keeps the way back. */
class MainActivity : Activity(), Navigator {
    val app get() = application as MinqingApp
    val hands by lazy { Hands(this, app.kept, app::forget) { frame?.trouble(Trouble(it.name.lowercase(), getString(cannot(it)))) } }
    private var trail = listOf(Place(Kind.TODAY))
    private var presenter: Presenter<*, *>? = null
    private var screen: Screen<*, *>? = null
    private var frame: Frame? = null

    override fun attachBaseContext(base: Context) =
        super.attachBaseContext(Look.over(base, (base.applicationContext as MinqingApp).kept.settings))

    override fun onCreate(savedInstanceState: Bundle?) {
        Look.theme(this, app.kept.settings)
        super.onCreate(savedInstanceState)
        if (app.kept.settings.hidden) window.addFlags(FLAG_SECURE)
        hands.restore(savedInstanceState)
        hands.taker = { presenter as? Takes }
        app.store.listen { presenter?.changed() }
        app.line.revoked = {
            app.forget()
            home(Place(Kind.ENROL, EnrolPresenter.REVOKED))
        }
        val saved = savedInstanceState?.getStringArrayList(TRAIL) ?: app.begin?.let { listOf(it.save()) }
        show(saved?.map(Place::restore) ?: begin())
        if (savedInstanceState == null) bring(intent)
    }

    /** A phone that is nobody's yet begins with that; a link from the office's QR brings its words along. One that is enrolled needs none. */
    private fun begin(): List<Place> {
        val link = intent.data?.toString().orEmpty()
        val isNobodys = app.kept.settings.server.isEmpty()
        return if (isNobodys && (link.isNotEmpty() || !app.kept.settings.practice)) listOf(Place(Kind.ENROL, link)) else trail
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        setIntent(intent)
        bring(intent)
        if (intent.data != null && app.kept.settings.server.isEmpty()) show(begin())
    }

    /** What a colleague hands over goes to the office with what waits here. */
    private fun bring(intent: Intent) {
        if (intent.action != Intent.ACTION_SEND || app.kept.settings.server.isEmpty()) return
        home(Place(Kind.OUTBOX))
        hands.handedOver(intent) { path -> (presenter as? OutboxPresenter)?.take(path) }
    }

    override fun onStart() {
        super.onStart()
        if (app.kept.settings.server.isNotEmpty()) app.line.speak()
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putStringArrayList(TRAIL, ArrayList(trail.map(Place::save)))
        hands.save(outState)
    }

    override fun onDestroy() {
        presenter?.detach()
        app.line.watch(null)
        super.onDestroy()
    }

    @Deprecated("the platform's own, from minSdk 26 on")
    override fun onActivityResult(requestCode: Int, resultCode: Int, data: Intent?) =
        app.store.ask({ }, { hands.came(requestCode, resultCode, presenter as? Takes) }, { }) // behind what the page asks to be loaded

    @Deprecated("the platform's back, from minSdk 26 on")
    override fun onBackPressed() {
        if (presenter?.isLoaded != true || screen?.back() != true) back()
    }

    override fun open(place: Place) = show(if (place.screen.tab) listOf(place) else trail + place)
    override fun instead(place: Place) = show(trail.dropLast(1) + place)
    override fun home(tab: Place) = show(listOf(tab))
    override fun restyle() = recreate()

    override fun back() = when {
        trail.size > 1 -> show(trail.dropLast(1))
        trail.single().screen == Kind.TODAY || trail.single().screen == Kind.ENROL -> finish()
        else -> home(Place(Kind.TODAY))
    }

    /** What is being recorded belongs to the page that is left. */
    override fun onStop() {
        hands.endRecording()
        super.onStop()
    }

    private fun show(trail: List<Place>) {
        hands.endRecording()
        this.trail = trail
        val fresh = Frame(LayoutInflater.from(this).inflate(R.layout.frame, null))
        frame = fresh
        setContentView(fresh.root)
        fresh.practice(app.kept.settings.practice)
        fresh.tabs(trail.last().screen, ::home)
        app.line.watch(null)
        places(trail.last(), fresh)
    }

    /** From now on these two are on the screen. */
    fun <S : Any, E : Any> join(presenter: Presenter<S, E>, screen: Screen<S, E>) {
        this.presenter?.detach()
        this.presenter = presenter
        this.screen = screen
        val frame = checkNotNull(frame)
        screen.emit = {
            frame.trouble(null)
            presenter.on(it)
        }
        presenter.attach(screen::render, frame::trouble)
    }

    val isEnglish get() = resources.configuration.locales[0].language == "en"

    private fun cannot(what: Hands.Cannot) = when (what) {
        Hands.Cannot.DIAL -> R.string.cannot_dial
        Hands.Cannot.PHOTOGRAPH -> R.string.cannot_photograph
        Hands.Cannot.RECORD -> R.string.cannot_record
        Hands.Cannot.SHARE -> R.string.cannot_share
        Hands.Cannot.MESSAGE -> R.string.cannot_message
        Hands.Cannot.READ_QR -> R.string.cannot_read_qr
        Hands.Cannot.TAKE -> R.string.cannot_take
    }

    private companion object {
        const val TRAIL = "trail"
    }
}
