package cn.minqing.app.presenter

import cn.minqing.app.Seed
import cn.minqing.app.model.AddressPart
import cn.minqing.app.model.DraftKind
import cn.minqing.app.model.PersonEdit
import cn.minqing.app.model.Span
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

class HouseholdPresenterTest {
    private val door get() = Seed.wang
    private fun Bench.home() = core.doors.household(door)
    private fun Bench.wang() = home().people.first { it.name == "王秀兰" }
    private fun Bench.person(id: String = wang().id) = show(PersonPresenter(work, hands, go, "$door $id"))

    private fun PersonPresenter.write(field: PersonField, words: String) {
        on(PersonEvent.Edit(field))
        on(PersonEvent.Write(words))
        on(PersonEvent.Done)
    }

    private fun PersonPresenter.switch(field: PersonField, word: String) {
        on(PersonEvent.Edit(field))
        on(PersonEvent.Switch(word))
        on(PersonEvent.Done)
    }

    @Test
    fun somebodyNewIsWrittenDown() = Bench().use { bench ->
        val form = bench.show(PersonPresenter(bench.work, bench.hands, bench.go, door))
        form.write(PersonField.NAME, "王小宝")
        form.write(PersonField.YEAR, "2019")
        form.switch(PersonField.REFUSES, "photos")
        form.on(PersonEvent.Done)
        val there = bench.home().people.single { it.name == "王小宝" }
        assertEquals(2019 to listOf("photos"), there.birthYear to there.refuses.map { it.code })
        assertNull(bench.core.drafts.form(DraftKind.PERSON, door))
        assertEquals("back", bench.go.went.last())
    }

    @Test
    fun onlyWhatWasTouchedIsWritten() = Bench().use { bench ->
        val form = bench.person()
        form.write(PersonField.PHONE, "13900000009")
        form.switch(PersonField.NEEDS, "chronic_illness")
        bench.core.doors.change(door, PersonEdit(bench.wang().id, name = "王秀兰儿", addNeeds = setOf("walks_badly")))
        form.on(PersonEvent.Done)
        val after = bench.home().people.single { it.name == "王秀兰儿" }
        assertEquals("13900000009", after.phone)
        assertEquals(setOf("lives_alone", "hard_of_hearing", "chronic_illness", "walks_badly"), after.needs.map { it.code }.toSet())
    }

    @Test
    fun consentIsTakenBackAndGivenAgain() = Bench().use { bench ->
        bench.person().run {
            switch(PersonField.REFUSES, "photos")
            on(PersonEvent.Done)
        }
        assertEquals(listOf("photos"), bench.wang().refuses.map { it.code })
        assertTrue("a visit offers no photo", bench.show(VisitPresenter(bench.work, bench.hands, bench.go, bench.saved, door)).state.refusesPhotos)
        bench.person().run {
            switch(PersonField.REFUSES, "photos")
            on(PersonEvent.Done)
        }
        assertEquals(emptyList<String>(), bench.wang().refuses.map { it.code })
    }

    @Test
    fun whatAColleagueNotedMeanwhileIsNotTurnedIntoItsOpposite() = Bench().use { bench ->
        bench.person().switch(PersonField.REFUSES, "photos")
        bench.core.doors.change(door, PersonEdit(bench.wang().id, refuses = setOf("photos")))
        val again = bench.person()
        assertEquals(listOf("photos"), again.state.chosen(PersonField.REFUSES).map { it.code })
        again.on(PersonEvent.Done)
        assertEquals(listOf("photos"), bench.wang().refuses.map { it.code })
        val gone = bench.person("AAAAAAAAAAAAAAAAAAAAAA")
        gone.write(PersonField.NAME, "谁")
        gone.on(PersonEvent.Done)
        assertEquals("nobody is written down anew", 2, bench.home().people.size)
    }

    @Test
    fun aWrongYearIsToldAndNothingTypedIsLost() = Bench().use { bench ->
        val form = bench.person()
        form.write(PersonField.YEAR, "44")
        form.on(PersonEvent.Done)
        assertEquals(1, bench.refused.size)
        assertTrue(bench.refused.single().code, bench.refused.single().code.startsWith("birth_year") || bench.refused.single().code.startsWith("year"))
        assertEquals("44", bench.person().state.text(PersonField.YEAR))
        assertEquals("and nothing was written", 1944, bench.wang().birthYear)
    }

    @Test
    fun whoMovedOutStaysKnown() = Bench().use { bench ->
        bench.person().run {
            on(PersonEvent.Edit(PersonField.MOVED))
            on(PersonEvent.Moved(true))
            repeat(2) { on(PersonEvent.Done) }
        }
        assertTrue(bench.wang().movedOut)
        assertEquals("and is met by nobody", listOf("王建国"), bench.show(VisitPresenter(bench.work, bench.hands, bench.go, bench.saved, door)).state.people.map { it.name })
    }

    @Test
    fun aNumberIsCalled() = Bench().use { bench ->
        bench.person().on(PersonEvent.Call)
        assertEquals(listOf("dial 13900000001"), bench.hands.asked)
    }

    @Test
    fun wishesAreSwitchedOnAndOffAndTheRemarkIsChanged() = Bench().use { bench ->
        fun wishes() = bench.show(WishesPresenter(bench.work, bench.go, door))
        val (morning, odd) = Span(2, DayPart.MORNING.from, DayPart.MORNING.until) to Span(3, 600, 660)
        bench.core.doors.wish(door, cn.minqing.app.model.WishEdit(addSpans = listOf(odd)))
        wishes().run {
            on(WishesEvent.Remark("先敲三下，再等一等"))
            on(WishesEvent.Lift(false))
            on(WishesEvent.Need("dialect"))
            on(WishesEvent.Time(morning))
            on(WishesEvent.Save)
        }
        assertEquals(false to setOf(morning, odd), bench.home().wishes.let { it.lift to it.spans.toSet() })
        assertEquals("先敲三下，再等一等" to listOf("dialect"), bench.home().let { it.door.note to it.wishes.needs.map { need -> need.code } })
        wishes().run {
            assertTrue("another time than the usual is shown", odd in state.odd && state.isWished(odd))
            on(WishesEvent.Time(odd))
            on(WishesEvent.Need("dialect"))
            on(WishesEvent.Save)
        }
        assertEquals(listOf(morning) to emptyList<String>(), bench.home().wishes.let { it.spans to it.needs.map { need -> need.code } })
    }

    @Test
    fun thePageLeadsToPersonWishesAndMatter() = Bench().use { bench ->
        val page = bench.show(HouseholdPresenter(bench.work, bench.go, door))
        val matter = page.state.all.matters.first().id
        page.on(HouseholdEvent.Person(bench.wang().id))
        page.on(HouseholdEvent.Wishes)
        page.on(HouseholdEvent.Matter(matter))
        assertEquals(listOf("open PERSON $door ${bench.wang().id}", "open WISHES $door", "open MATTER $matter"), bench.go.went)
        assertTrue("what a colleague noted is there", page.state.all.visits.any { !it.mine })
    }

    @Test
    fun whatWasLeftOutOfAVisitIsFilledInLater() = Bench().use { bench ->
        val page = bench.show(PastPresenter(bench.work, bench.hands, bench.go, Seed.visit))
        page.on(PastEvent.Change)
        page.on(PastEvent.Write("收到，下周再来"))
        assertEquals("found again", "收到，下周再来", bench.show(PastPresenter(bench.work, bench.hands, bench.go, Seed.visit)).state.words)
        page.photo(bench.picture())
        assertEquals(1, page.state.files.size)
        page.on(PastEvent.Save)
        assertEquals("收到，下周再来", bench.core.visits.visit(Seed.visit).note)
        assertEquals("back", bench.go.went.last())
        assertNull(bench.core.drafts.form(DraftKind.PAST, Seed.visit))
    }

    @Test
    fun aDoorThatIsMissingIsWrittenDownBesideItsNeighbour() = Bench().use { bench ->
        fun form() = bench.show(NewDoorPresenter(bench.work, bench.go, door))
        fun NewDoorPresenter.write(part: AddressPart, words: String) {
            on(NewDoorEvent.Edit(part))
            on(NewDoorEvent.Write(words))
            on(NewDoorEvent.Done)
        }
        form().run {
            assertEquals("静宁小区" to "", state.words(AddressPart.ESTATE) to state.words(AddressPart.ROOM))
            on(NewDoorEvent.Done)
            assertTrue("without a room it is no door", state.isMissing)
            write(AddressPart.FLOOR, "5")
            write(AddressPart.ROOM, "501")
            on(NewDoorEvent.Done)
            assertEquals("address.taken", bench.refused.last().code)
            write(AddressPart.ROOM, "503")
            on(NewDoorEvent.Done)
        }
        val new = bench.go.went.last().removePrefix("instead HOUSEHOLD ")
        assertEquals("503", bench.core.doors.address(new).parts[AddressPart.ROOM])
        assertTrue(bench.core.doors.household(new).door.plate.endsWith("503"))
    }
}
