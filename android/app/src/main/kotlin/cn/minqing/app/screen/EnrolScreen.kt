package cn.minqing.app.screen

import android.view.ViewGroup
import android.widget.EditText
import cn.minqing.app.R
import cn.minqing.app.presenter.EnrolEvent
import cn.minqing.app.presenter.EnrolState
import cn.minqing.app.presenter.EnrolTrouble
import cn.minqing.app.view.*

/** 登记这部手机: the office's QR or its words, and what will be kept where. */
class EnrolScreen(frame: Frame) : Screen<EnrolState, EnrolEvent>(frame, R.layout.page_enrol) {
    private val server = typed(R.id.server) { emit(EnrolEvent.Server(it)) }
    private val code = typed(R.id.code) { emit(EnrolEvent.Code(it)) }

    override fun render(state: EnrolState) {
        page.text(R.id.revoked).visible = state.isRevoked
        page.text(R.id.revoked).icon(R.drawable.ic_info)
        page.view<ViewGroup>(R.id.typed).visible = state.typing
        server.show(state.server)
        code.show(state.code)
        page.text(R.id.wrong).say(wrong(state))
        page.text(R.id.wrong).icon(R.drawable.ic_red)
        page.text(R.id.progress).show(
            if (!state.contact.isUnderWay) null else Mark(R.drawable.ic_up, context.count(R.plurals.enrol_rows, state.contact.rows), R.attr.soft, bold = true),
        )
        page.view<ViewGroup>(R.id.rows).rows(
            listOfNotNull(
                Row(context.getString(R.string.enrol_scan), context.getString(R.string.enrol_scan_more), icon = R.drawable.ic_camera, tap = { emit(EnrolEvent.Scan) }).takeIf { state.typing },
                Row(context.getString(R.string.enrol_type), context.getString(R.string.enrol_type_more), icon = R.drawable.ic_draft, tap = { emit(EnrolEvent.Type) }).takeIf { !state.typing },
                Row(context.getString(R.string.enrol_practice), context.getString(R.string.practice_more), icon = R.drawable.ic_practice, tap = { emit(EnrolEvent.Practice) }),
            ),
        )
        frame.back(null)
        frame.primary(context.getString(if (state.typing) R.string.enrol_go else R.string.enrol_scan)) { emit(EnrolEvent.Go) }
    }

    private fun wrong(state: EnrolState): String? = when (state.trouble) {
        EnrolTrouble.NO_ADDRESS -> context.getString(R.string.enrol_no_address)
        EnrolTrouble.NOT_SAFE -> context.getString(R.string.enrol_not_safe)
        EnrolTrouble.NO_CODE -> context.getString(R.string.enrol_no_code)
        EnrolTrouble.NOT_A_LINK -> context.getString(R.string.enrol_not_a_link)
        null -> when {
            state.contact.isOffline -> context.getString(R.string.enrol_offline)
            else -> state.contact.trouble?.let { lines(it.said, it.code) }
        }
    }

    private fun typed(id: Int, then: (String) -> Unit) = page.view<EditText>(id).also { it.typed(then) }
}
