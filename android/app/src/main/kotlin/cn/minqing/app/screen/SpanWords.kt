package cn.minqing.app.screen

import android.content.Context
import cn.minqing.app.R
import cn.minqing.app.model.Span
import cn.minqing.app.presenter.DayPart
import java.time.DayOfWeek
import java.time.format.TextStyle

/** Days of the week and times of a day, as people say them. */
object SpanWords {
    fun of(context: Context, span: Span): String {
        val part = DayPart.entries.firstOrNull { it.from == span.from && it.until == span.until }
        val time = part?.let { context.getString(of(it)) } ?: "${clock(span.from)}–${clock(span.until)}"
        return context.getString(R.string.day_and_time, day(context, span.weekday), time)
    }

    fun of(part: DayPart) = when (part) {
        DayPart.MORNING -> R.string.morning
        DayPart.AFTERNOON -> R.string.afternoon
        DayPart.EVENING -> R.string.evening
    }

    /** 上午 9:30: by twelve hours, as it is spoken. */
    fun time(context: Context, minute: Int): String {
        val part = if (minute < NOON * HOUR) DayPart.MORNING else if (minute < DayPart.EVENING.from) DayPart.AFTERNOON else DayPart.EVENING
        val hour = if (minute / HOUR > NOON) minute / HOUR - NOON else minute / HOUR
        return context.getString(R.string.part_and_time, context.getString(of(part)), "%d:%02d".format(hour, minute % HOUR))
    }

    private fun day(context: Context, weekday: Int): String = DayOfWeek.of(weekday).getDisplayName(TextStyle.SHORT, context.resources.configuration.locales[0])

    private fun clock(minute: Int) = "%d:%02d".format(minute / HOUR, minute % HOUR)

    private const val HOUR = 60
    private const val NOON = 12
}
