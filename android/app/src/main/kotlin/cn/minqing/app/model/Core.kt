package cn.minqing.app.model

import java.time.ZoneId

/**
 * What presenters may ask of the core. Every call goes to the phone's own store and waits for no network. It is made on the thread of the
 * store ([Work]) and may be refused with a [Refused].
 */
interface Core {
    val words: Words
    val days: Days
    val doors: Doors
    val visits: Visits
    val matters: Matters
    val agenda: Agenda
    val outbox: Outbox
    val drafts: Drafts

    /** Who this phone is; nobody before it is enrolled. */
    fun officer(): Officer?
}

data class Officer(val id: String, val name: String, val community: String)

/** Days and times of day are those of the office. */
val BEIJING: ZoneId = ZoneId.of("Asia/Shanghai")

/** Words of core's catalogue, in the officer's language. */
interface Words {
    /** All words of a list, as `category`. */
    fun choices(list: String): List<Term>
    fun term(list: String, code: String): Term

    /** An instant as people say it: 周四 18:30. */
    fun at(ms: Long): String

    /** A day as `2026-09-21`, as people say it. */
    fun day(date: String): String
    fun emergencies(): List<Emergency>

    /** Now, in milliseconds since 1970. */
    fun now(): Long
}

/** A stable code, and what people read. */
data class Term(val code: String, val said: String)

/** Whom to call before anything is written down. */
data class Emergency(val code: String, val said: String, val telephone: String)

/** What the core did not do: a stable code, and what happened, why and what to do, in the officer's language. */
class Refused(val code: String, val said: String) : Exception(code)
