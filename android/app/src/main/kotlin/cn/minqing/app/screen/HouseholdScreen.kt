package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.model.Matter
import cn.minqing.app.model.Past
import cn.minqing.app.model.Person
import cn.minqing.app.presenter.HouseholdEvent
import cn.minqing.app.presenter.HouseholdState
import cn.minqing.app.view.*

/** 住户: people, how to come, promises, matters, and every visit. */
class HouseholdScreen(frame: Frame) : PlainScreen<HouseholdState, HouseholdEvent>(frame) {

    override fun render(state: HouseholdState) {
        val all = state.all
        head(said(R.string.household), plate = all.door.plate)
        sections(
            listOf(
                Section(
                    said(R.string.people),
                    all.people.map(::person) + Row(said(R.string.new_person), icon = R.drawable.ic_person, tap = { emit(HouseholdEvent.NewPerson) }),
                ),
                Section(said(R.string.how_to_come), listOf(Row(said(R.string.wishes), wishes(state), icon = R.drawable.ic_ear, tap = { emit(HouseholdEvent.Wishes) }))),
                Section(said(R.string.promised_here), all.promises.map {
                    Row(it.what, said(R.string.tick_promise), it.due?.let(context::mark), icon = R.drawable.ic_info, tap = { emit(HouseholdEvent.Tick(it.id)) })
                }),
                Section(said(R.string.matters_here), all.matters.map(::matter)),
                Section(said(R.string.visits_here), all.visits.map { visit(it).copy(tap = { emit(HouseholdEvent.Visit(it.id)) }) } + state.old.toSortedMap(reverseOrder()).values.flatten().map(::visit)),
                Section(said(R.string.at_office), all.yearsAtOffice.filter { it !in state.old }.map { year(it, it in state.asked) }),
            ),
        )
        frame.back { emit(HouseholdEvent.Done) }
        frame.primary(said(R.string.matter_done)) { emit(HouseholdEvent.Done) }
    }

    private fun person(who: Person) = Row(
        context.words(who), lines(context.listed(who.languages.map { it.said }), who.phone, refuses(who)),
        state = if (who.movedOut) Mark(R.drawable.ic_walk, said(R.string.moved_out), R.attr.soft) else null,
        icon = R.drawable.ic_person, tap = { emit(HouseholdEvent.Person(who.id)) },
    )

    private fun refuses(who: Person) = if (who.refuses.isEmpty()) null else said(R.string.refuses, context.listed(who.refuses.map { it.said }))

    private fun wishes(state: HouseholdState): String = with(state.all) {
        lines(
            door.note, wishes.lift?.let { said(if (it) R.string.lift_yes else R.string.lift_no) }, context.listed(wishes.needs.map { it.said }),
            context.listed(wishes.spans.map { SpanWords.of(context, it) }),
        ).ifEmpty { said(R.string.wishes_none) }
    }

    private fun matter(matter: Matter) = Row(
        matter.category.said, lines(matter.text, context.listed(listOf(matter.state.said, matter.at))), state = mark(matter.status), icon = categoryIcon(matter.category.code),
        tap = { emit(HouseholdEvent.Matter(matter.id)) },
    )

    private fun year(year: Int, asked: Boolean) = Row(
        said(R.string.visits_of_year, year.toString()), said(if (asked) R.string.year_asked else R.string.ask_year), icon = if (asked) R.drawable.ic_up else R.drawable.ic_box,
        tap = if (asked) null else ({ emit(HouseholdEvent.Year(year)) }),
    )

    private fun visit(visit: Past) =
        Row(visit.outcome.said, lines(visit.note, context.listed(listOf(visit.at, context.who(visit.mine)))), state = mark(visit.status), icon = VisitWords.icon(visit.outcome.code))

    override fun back() = true.also { emit(HouseholdEvent.Done) }
}
