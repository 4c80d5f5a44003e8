package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.Health
import cn.minqing.app.model.Phone
import cn.minqing.app.model.Settings
import cn.minqing.app.model.TextSize
import cn.minqing.app.model.Work

/** [unsent]: what waits, files too; [leaving]: signing out was asked for, and is done at the second press. */
data class MeState(val officer: String, val settings: Settings, val unsent: Int, val files: Int, val health: Health, val leaving: Boolean = false)

sealed interface MeEvent {
    data class Size(val size: TextSize) : MeEvent
    data object Elder : MeEvent
    data object Sun : MeEvent
    data object Practice : MeEvent
    data object Language : MeEvent
    data object Hidden : MeEvent
    data object Places : MeEvent
    data class Call(val number: String) : MeEvent
    data object Outbox : MeEvent
    data object Leave : MeEvent
    data object Stay : MeEvent
}

class MePresenter(work: Work, private val phone: Phone, private val go: Navigator, private val english: Boolean) : Presenter<MeState, MeEvent>(work) {
    private var leaving = false

    override fun load(core: Core): MeState {
        val today = core.officer()?.let { core.days.today() }
        return MeState(core.officer()?.name ?: "", phone.settings, today?.waiting ?: 0, core.outbox.filesWaiting(), core.outbox.health(), leaving)
    }

    override fun on(event: MeEvent) {
        val old = phone.settings
        when (event) {
            is MeEvent.Size -> change(old.copy(size = event.size))
            MeEvent.Elder -> change(old.copy(elder = !old.elder))
            MeEvent.Sun -> change(old.copy(sun = !old.sun))
            MeEvent.Practice -> change(old.copy(practice = !old.practice))
            MeEvent.Language -> change(old.copy(english = !english))
            MeEvent.Hidden -> change(old.copy(hidden = !old.hidden))
            MeEvent.Places -> change(old.copy(places = old.places != true))
            is MeEvent.Call -> phone.dial(event.number)
            MeEvent.Outbox -> go.home(Place(Place.Kind.OUTBOX))
            MeEvent.Leave -> if (leaving) leave() else leaving(true)
            MeEvent.Stay -> leaving(false)
        }
    }

    private fun change(settings: Settings) {
        phone.settings = settings
        show(state.copy(settings = settings))
        go.restyle()
    }

    private fun leaving(now: Boolean) {
        leaving = now
        show(state.copy(leaving = now))
    }

    /** Refused by the core while anything waits for the office: nothing can be lost by it. */
    private fun leave() = ask({ it.outbox.wipe() }) {
        phone.forget()
        go.home(Place(Place.Kind.ENROL))
    }
}
