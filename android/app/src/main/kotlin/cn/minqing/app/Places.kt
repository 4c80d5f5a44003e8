package cn.minqing.app

import cn.minqing.app.bridge.OwnFiles
import cn.minqing.app.presenter.*
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.screen.*

/** Which presenter and which screen a place has. */
fun MainActivity.places(place: Place, frame: Frame) = when (place.screen) {
    Kind.TODAY -> join(TodayPresenter(app.store, { app.kept.settings }, this, app.saved, place.key), TodayScreen(frame))
    Kind.DOOR -> join(DoorPresenter(app.store, this, place.key), DoorScreen(frame))
    Kind.VISIT -> join(VisitPresenter(app.store, hands, this, app.saved, place.key), VisitScreen(frame))
    Kind.ENROL -> join(EnrolPresenter(app.store, app.line, hands, this, place.key), EnrolScreen(frame))
    Kind.ME -> join(MePresenter(app.store, hands, this, isEnglish), MeScreen(frame))
    Kind.STAIRWELL -> join(StairwellPresenter(app.store, this), StairwellScreen(frame))
    Kind.NEW_MATTER -> join(NewMatterPresenter(app.store, hands, this, app.saved, place.key), NewMatterScreen(frame))
    Kind.MATTER -> join(MatterPresenter(app.store, hands, this, app.saved, place.key), MatterScreen(frame))
    Kind.FEEDBACK -> join(FeedbackPresenter(app.store, hands, this, place.key), FeedbackScreen(frame))
    Kind.RATING -> join(RatingPresenter(app.store, this, place.key), RatingScreen(frame))
    Kind.HOUSEHOLD -> join(HouseholdPresenter(app.store, this, place.key), HouseholdScreen(frame))
    Kind.PERSON -> join(PersonPresenter(app.store, hands, this, place.key), PersonScreen(frame))
    Kind.WISHES -> join(WishesPresenter(app.store, this, place.key), WishesScreen(frame))
    Kind.AGENDA -> join(AgendaPresenter(app.store, this), AgendaScreen(frame))
    Kind.APPOINTMENT -> join(AppointmentPresenter(app.store, hands, this, place.key), AppointmentScreen(frame))
    Kind.PROPOSE -> join(ProposePresenter(app.store, this, place.key), ProposeScreen(frame))
    Kind.PAST -> join(PastPresenter(app.store, hands, this, place.key), PastScreen(frame))
    Kind.NEW_DOOR -> join(NewDoorPresenter(app.store, this, place.key), NewDoorScreen(frame))
    Kind.PAPER -> join(PaperPresenter(app.store, hands, this), PaperScreen(frame))
    Kind.TELL -> join(TellPresenter(app.store, this, place.key), TellScreen(frame))
    Kind.OUTBOX -> OutboxPresenter(app.store, app.line, hands, this, OwnFiles.directory(this).path).let {
        join(it, OutboxScreen(frame))
        it.listen()
    }
    Kind.SEARCH -> join(SearchPresenter(app.store, this), SearchScreen(frame))
    Kind.NOTICES -> join(NoticesPresenter(app.store, this), NoticesScreen(frame))
    Kind.ROUND -> join(RoundPresenter(app.store, this, app.saved), RoundScreen(frame))
}
