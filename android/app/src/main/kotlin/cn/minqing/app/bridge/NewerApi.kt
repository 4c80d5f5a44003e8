package cn.minqing.app.bridge

import android.content.Context
import android.media.MediaRecorder
import cn.minqing.app.view.NewerApi

@NewerApi
internal object Api31 {
    fun recorder(context: Context) = MediaRecorder(context)
}
