package cn.minqing.app.view

import android.app.Activity
import android.content.Context
import android.content.res.Configuration
import cn.minqing.app.R
import cn.minqing.app.model.Settings
import java.util.Locale

/** The officer's choices laid over the phone's: size and language in the configuration, elder and sun in the theme. */
object Look {
    fun over(base: Context, settings: Settings): Context {
        val config = Configuration(base.resources.configuration)
        config.fontScale = maxOf(config.fontScale, settings.size.scale)
        settings.english?.let { config.setLocale(if (it) Locale.ENGLISH else Locale.SIMPLIFIED_CHINESE) }
        return base.createConfigurationContext(config)
    }

    /** Before the first view is made. */
    fun theme(activity: Activity, settings: Settings) {
        if (settings.elder) activity.theme.applyStyle(R.style.Elder, true)
        if (settings.sun) activity.theme.applyStyle(R.style.Sun, true)
    }
}
