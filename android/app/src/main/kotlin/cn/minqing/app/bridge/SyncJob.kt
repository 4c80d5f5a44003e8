package cn.minqing.app.bridge

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.app.job.JobService
import android.content.ComponentName
import android.content.Context
import cn.minqing.app.MinqingApp
import cn.minqing.app.view.service

/** Speaks to the office by itself whenever there is a network and the battery is not low; after trouble again, later and later. */
class SyncJob : JobService() {
    override fun onStartJob(params: JobParameters): Boolean {
        (application as MinqingApp).line.speak { jobFinished(params, it.trouble != null || it.isOffline) }
        return true
    }

    override fun onStopJob(params: JobParameters): Boolean {
        (application as MinqingApp).line.stop()
        return true
    }

    companion object {
        const val REGULAR = 7
        const val SOON = 8
        private const val QUARTER_MS = 15 * 60_000L
        private const val BACKOFF_MS = 30_000L

        /** How long what was saved can be taken back before it goes by itself. */
        const val UNDO_MS = cn.minqing.app.presenter.LastSaved.UNDO_MS

        fun schedule(context: Context) = plan(context, REGULAR) { setPeriodic(QUARTER_MS).setPersisted(true).setRequiresBatteryNotLow(true) }

        /** Something was saved: it goes when it can no longer be taken back. */
        fun soon(context: Context) = plan(context, SOON) { setMinimumLatency(UNDO_MS).setOverrideDeadline(QUARTER_MS) }

        private fun plan(context: Context, id: Int, how: JobInfo.Builder.() -> Unit) {
            val job = JobInfo.Builder(id, ComponentName(context, SyncJob::class.java)).setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                .setBackoffCriteria(BACKOFF_MS, JobInfo.BACKOFF_POLICY_EXPONENTIAL).apply(how)
            context.service<JobScheduler>().schedule(job.build())
        }
    }
}
