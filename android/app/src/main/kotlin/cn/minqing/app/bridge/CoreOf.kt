package cn.minqing.app.bridge

import cn.minqing.app.model.Core
import cn.minqing.app.model.Officer
import cn.minqing.core.Minqing
import cn.minqing.core.MinqingException

/** The Rust library behind the presenters' interface, in one language (`zh`, `en`). It translates and decides nothing. */
class CoreOf(private val store: Minqing, lang: String) : Core {
    private val say = Say(store, lang)
    override val words = say
    override val days = DaysOf(store, say)
    override val doors = DoorsOf(store, say)
    override val visits = VisitsOf(store, say)
    override val matters = MattersOf(store, say)
    override val agenda = AgendaOf(store, say)
    override val outbox = OutboxOf(store, say)
    override val drafts = DraftsOf(store, say)

    override fun officer(): Officer? = try {
        store.enrolment().let { Officer(it.officer, it.officerName, it.community) }
    } catch (e: MinqingException.State) {
        if (e.code == "device.not_enrolled") null else throw e
    }
}
