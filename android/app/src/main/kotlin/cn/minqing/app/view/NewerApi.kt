package cn.minqing.app.view

import android.view.View
import android.view.WindowInsets

/** On a class that uses platform API newer than minSdk: the build lets it pass, and callers must ask SDK_INT first. */
@Retention(AnnotationRetention.BINARY)
@Target(AnnotationTarget.CLASS)
annotation class NewerApi

@NewerApi
internal object Api30 {
    /** targetSdk 35 draws edge to edge on API 35+: the frame stays clear of bars and keyboard, the dado's paint runs on below. */
    fun padForSystemBars(frame: View, dado: View) {
        val below = dado.paddingBottom
        frame.setOnApplyWindowInsetsListener { v, insets ->
            val bars = insets.getInsets(WindowInsets.Type.systemBars())
            val keyboard = insets.getInsets(WindowInsets.Type.ime()).bottom
            v.setPadding(bars.left, bars.top, bars.right, keyboard)
            dado.setPadding(dado.paddingLeft, dado.paddingTop, dado.paddingRight, below + if (keyboard > 0) 0 else bars.bottom)
            insets
        }
    }
}
