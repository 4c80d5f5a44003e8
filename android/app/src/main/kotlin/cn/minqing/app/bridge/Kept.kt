package cn.minqing.app.bridge

import android.content.SharedPreferences
import cn.minqing.app.model.Settings
import cn.minqing.app.model.TextSize

/** Settings in the phone's preferences: how the app looks and where the office is, nothing of anybody. */
class Kept(private val all: SharedPreferences) {
    var settings: Settings
        get() = with(all) {
            Settings(
                TextSize.entries.firstOrNull { it.name == getString("size", "") } ?: TextSize.STANDARD, getBoolean("elder", false), getBoolean("sun", false),
                getBoolean("practice", false), getString("english", null)?.toBoolean(), getBoolean("hidden", false),
                getString("places", null)?.toBoolean(), getString("server", "") ?: "",
                getString("pin", "") ?: "", getLong("lastContact", 0),
            )
        }
        set(value) = all.edit().run {
            putString("size", value.size.name).putBoolean("elder", value.elder).putBoolean("sun", value.sun).putBoolean("practice", value.practice)
            putString("english", value.english?.toString()).putBoolean("hidden", value.hidden).putString("places", value.places?.toString()).putString("server", value.server).putString("pin", value.pin)
            putLong("lastContact", value.lastContactMs).apply()
        }
}
