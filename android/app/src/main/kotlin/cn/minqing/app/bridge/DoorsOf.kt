package cn.minqing.app.bridge

import cn.minqing.app.model.*
import cn.minqing.app.model.Floor
import cn.minqing.core.FoundRow
import cn.minqing.core.HouseholdEdit
import cn.minqing.core.Minqing
import cn.minqing.core.NewHousehold
import cn.minqing.core.NewResident
import cn.minqing.core.ResidentEdit
import cn.minqing.core.ResidentRow
import cn.minqing.core.StairwellRow
import cn.minqing.core.TellRow
import cn.minqing.core.WeekSpan
import cn.minqing.core.WishesEdit
import java.time.Instant
import cn.minqing.core.Address as CoreAddress
import cn.minqing.core.Cell as CoreCell
import cn.minqing.core.Marked as CoreMarked
import cn.minqing.core.CellMark as CoreMark
import cn.minqing.core.FoundKind as CoreFound
import cn.minqing.core.VisitRow as CoreVisit

class DoorsOf(private val store: Minqing, private val say: Say) : Doors {
    override fun brief(door: String) = store.doorBrief(door, say.lang).let { brief ->
        Brief(
            say.door(brief.household), people(brief.residents), brief.lines, brief.promised.map(say::promise), brief.toTell.map(::news),
            brief.visits.map { past(say, it) },
            store.appointmentsAt(door).map { appointmentOf(store, say, it) }.filter { !it.isOver },
            DraftsOf(store, say).all().firstOrNull { it.kind == DraftKind.VISIT && it.door?.id == door },
        )
    }

    override fun household(door: String) = store.household(door).let { all ->
        Household(
            say.door(all.household), people(all.residents), all.visits.map { past(say, it) }, all.followUps.filter { !it.done }.map(say::promise),
            all.matters.map { matterOf(say, it) }, all.archivedYears.map { it.toInt() },
            Wishes(all.wishes.lift, say.terms("door-need", all.wishes.needs), all.wishes.spans.map { Span(it.weekday.toInt(), it.fromMinute.toInt(), it.untilMinute.toInt()) }),
        )
    }

    override fun refusesPhotos(door: String) = say.knownDoor(door) != null && household(door).refusesPhotos

    override fun history(door: String, year: Int) = store.history(door, year.toShort())?.map { past(say, it) }
    override fun askHistory(door: String, year: Int) = store.askHistory(door, year.toShort())

    override fun stairwells() = store.stairwells(null, null, 0u, MOST).map {
        val plate = say.plate(CoreAddress(estate = it.estate, building = it.building, stairwell = it.stairwell, lane = it.lane))
        Stairwell(it.estate, it.building, it.stairwell, it.lane, plate, it.households.toInt(), it.visited.toInt())
    }

    override fun floors(of: Stairwell) =
        store.stairwell(StairwellRow(of.estate, of.building, of.stairwell, of.lane, of.doors.toUInt(), of.visited.toUInt())).floors.map { Floor(it.floor, it.cells.map(::cell)) }

    private fun cell(cell: CoreCell) = Cell(
        cell.household, cell.label, MARKS.getValue(cell.mark), cell.lastVisit.ifEmpty { null }?.let(say::day) ?: "", cell.residents.toInt(), cell.old, cell.ill, cell.alone,
    )

    override fun search(text: String, most: Int) = store.search(text, emptyList(), 0u, most.toUInt()).map(::found)

    private fun found(row: FoundRow) = Found(KINDS.getValue(row.kind), row.id, row.household, marked(row.title), marked(row.snippet), say.status(row.state))

    private fun marked(text: CoreMarked) = Marked(text.text, text.hits.map { it.start.toInt() until it.end.toInt() })

    override fun address(door: String) = with(store.household(door).household) {
        val parts = listOf(estate, building, stairwell, floor, room, lane, this.door)
        Address(AddressPart.entries.zip(parts).toMap())
    }

    override fun add(beside: String, address: Address): String {
        val known = store.household(beside).household
        val (estate, building, stairwell, floor, room) = address.parts.let { parts -> AddressPart.entries.take(5).map { parts[it]?.trim() ?: "" } }
        fun part(of: AddressPart) = address.parts[of]?.trim() ?: ""
        return store.recordHousehold(NewHousehold(grid = known.grid, address = CoreAddress(known.community, estate, building, stairwell, floor, room, part(AddressPart.LANE), part(AddressPart.DOOR))))
    }

    override fun addPerson(door: String, person: NewPerson) = store.editHousehold(
        door,
        HouseholdEdit(newResidents = with(person) { listOf(NewResident(name, phone, birthYear.toUShort(), languages.toList(), needs.toList(), refuses.toList())) }),
    )

    override fun change(door: String, person: PersonEdit) = store.editHousehold(
        door,
        HouseholdEdit(
            residents = with(person) {
                listOf(
                    ResidentEdit(
                        id, name, phone, birthYear?.toUShort(), movedOut, addNeeds.toList(), dropNeeds.toList(), addLanguages.toList(), dropLanguages.toList(),
                        refuses.toList(), agrees.toList(),
                    ),
                )
            },
        ),
    )

    override fun remark(door: String, note: String) = store.editHousehold(door, HouseholdEdit(note = note))

    override fun wish(door: String, edit: WishEdit) = store.editWishes(
        door, WishesEdit(edit.lift, edit.addNeeds.toList(), edit.dropNeeds.toList(), edit.addSpans.map(::span), edit.dropSpans.map(::span)),
    )

    private fun span(span: Span) = WeekSpan(span.weekday.toUByte(), span.from.toUShort(), span.until.toUShort())

    override fun tell(door: String, news: News) {
        if (news.notice.isEmpty()) store.tellResident(news.matter, news.event) else store.tellNotice(door, news.notice)
    }

    override fun notices() = store.notices(say.lang).map { Notice(it.id, it.text, say.day(it.until)) }

    private fun news(row: TellRow): News {
        val kind = if (row.notice.isNotEmpty()) NewsKind.NOTICE else if (row.news == "extend") NewsKind.MORE_TIME else NewsKind.MATTER
        return News(kind, row.matter, row.notice, row.event, row.said, say.at(row.atMs))
    }

    /** Whom to heed most first, then the oldest. */
    private fun people(rows: List<ResidentRow>) = rows.map(::person).sortedWith(compareBy({ it.movedOut }, { -it.needs.size }, { if (it.birthYear == 0) Int.MAX_VALUE else it.birthYear }))

    private fun person(row: ResidentRow) = Person(
        row.id, row.name, row.birthYear.toInt().takeIf { it > 0 }?.let { year(say.now()) - it }, row.birthYear.toInt(), row.phone, say.terms("need", row.needs),
        say.terms("language", row.languages), say.terms("consent", row.refuses), row.movedOut,
    )

    companion object {
        private const val MOST = 1000u
        private val MARKS = CoreMark.entries.associateWith {
            when (it) {
                CoreMark.NONE -> DoorMark.NONE
                CoreMark.VISITED -> DoorMark.VISITED
                CoreMark.NOBODY_IN -> DoorMark.NOBODY_IN
                CoreMark.REFUSED -> DoorMark.REFUSED
                CoreMark.FEEDBACK_WAITING -> DoorMark.FEEDBACK
                CoreMark.FOLLOW_UP_DUE -> DoorMark.DUE
            }
        }
        private val KINDS = CoreFound.entries.associateWith {
            when (it) {
                CoreFound.VISIT -> FoundKind.VISIT
                CoreFound.MATTER -> FoundKind.MATTER
                CoreFound.HOUSEHOLD -> FoundKind.HOUSEHOLD
                CoreFound.RESIDENT -> FoundKind.PERSON
            }
        }

        fun year(ms: Long) = Instant.ofEpochMilli(ms).atZone(BEIJING).year
    }
}

fun past(say: Say, row: CoreVisit) = Past(row.id, row.household, say.at(row.atMs), row.officer == say.me, say.term("outcome", row.outcome), row.note, say.status(row.state))
