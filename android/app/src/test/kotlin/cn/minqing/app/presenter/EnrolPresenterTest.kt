package cn.minqing.app.presenter

import cn.minqing.app.model.Contact
import cn.minqing.app.model.Line
import cn.minqing.app.model.Trouble
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

class EnrolPresenterTest {
    /** A line that says what the test says. */
    private class Wire : Line {
        override var state = Contact()
        var asked = ""
        private var watcher: ((Contact) -> Unit)? = null
        override fun speak() = Unit
        override fun stop() = Unit
        override fun enrol(server: String, code: String) {
            asked = "$code at $server"
        }

        override fun watch(changed: ((Contact) -> Unit)?) {
            watcher = changed
        }

        fun says(contact: Contact) = watcher?.invoke(contact)
    }

    private fun Bench.enrol(wire: Wire, key: String = "") = show(EnrolPresenter(work, wire, hands, go, key))

    @Test
    fun aLinkIsReadAndNothingElse() {
        assertEquals(EnrolLink("https://office.example", "7HGN3-8PDVG", ""), EnrolLink.read("minqing:enrol?server=https://office.example&code=7HGN3-8PDVG"))
        assertEquals("a+b/c=", EnrolLink.read("minqing:enrol?server=https%3A%2F%2Foffice.example&code=X&pin=a+b/c=")?.pin)
        listOf("https://office.example", "minqing:enrol", "minqing:enrol?server=&code=1", "minqing:enrol?code=1&server=%E0%zz", "minqing:slip?code=1").forEach {
            assertNull(it, EnrolLink.read(it))
        }
    }

    @Test
    fun nothingGoesOverAnOpenLine() {
        listOf("https://office.example", "http://127.0.0.1:8311", "http://localhost").forEach { assertTrue(it, EnrolPresenter.isSafe(it)) }
        listOf("http://office.example", "ftp://office.example", "https://", "https://with space", "http://127.0.0.1.example").forEach { assertFalse(it, EnrolPresenter.isSafe(it)) }
        assertEquals("https://office.example", EnrolPresenter.address(" office.example/ "))
    }

    @Test
    fun whatIsMissingIsToldBeforeAnythingIsSent() = Bench().use { bench ->
        val wire = Wire()
        val enrol = bench.enrol(wire)
        enrol.on(EnrolEvent.Type)
        enrol.on(EnrolEvent.Go)
        assertEquals(EnrolTrouble.NO_ADDRESS, enrol.state.trouble)
        enrol.on(EnrolEvent.Server("http://office.example"))
        enrol.on(EnrolEvent.Go)
        assertEquals(EnrolTrouble.NOT_SAFE, enrol.state.trouble)
        enrol.on(EnrolEvent.Server("office.example"))
        enrol.on(EnrolEvent.Go)
        assertEquals(EnrolTrouble.NO_CODE, enrol.state.trouble)
        assertEquals("", wire.asked)
        enrol.on(EnrolEvent.Code("7hgn3 8pdvg "))
        enrol.on(EnrolEvent.Go)
        assertEquals("7hgn3 8pdvg at https://office.example", wire.asked)
    }

    @Test
    fun itGoesOnOnlyWhenTheOfficeHasSaidYes() = Bench().use { bench ->
        val wire = Wire()
        val enrol = bench.enrol(wire, "minqing:enrol?server=https://office.example&code=X1")
        enrol.on(EnrolEvent.Go)
        wire.says(Contact(isUnderWay = true))
        wire.says(Contact(isOffline = true))
        wire.says(Contact(trouble = Trouble("enrol.code_unknown", "没有这个登记码")))
        assertEquals(emptyList<String>(), bench.go.went)
        wire.says(Contact(rows = 12))
        assertEquals(listOf("home TODAY"), bench.go.went)
    }

    @Test
    fun aWrongCodeIsNoEnrolment() = Bench().use { bench ->
        val enrol = bench.enrol(Wire())
        enrol.scanned("https://somewhere.example")
        assertEquals(EnrolTrouble.NOT_A_LINK, enrol.state.trouble)
        enrol.scanned("minqing:enrol?server=https://office.example&code=7HGN3-8PDVG")
        assertEquals("https://office.example" to "7HGN3-8PDVG", enrol.state.server to enrol.state.code)
    }
}
