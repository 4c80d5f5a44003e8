package cn.minqing.app.view

import android.graphics.Rect
import android.os.Bundle
import android.view.MotionEvent
import android.view.View
import android.view.accessibility.AccessibilityEvent
import android.view.accessibility.AccessibilityManager
import android.view.accessibility.AccessibilityNodeInfo
import android.view.accessibility.AccessibilityNodeProvider

/** What a screen reader finds in the grid: one button a room, described in words. */
class StairwellNodes(private val grid: StairwellGrid) : AccessibilityNodeProvider() {
    private var hovered = View.NO_ID
    private var focused = View.NO_ID

    @Suppress("DEPRECATION") // obtain() is the only way before API 30
    override fun createAccessibilityNodeInfo(id: Int): AccessibilityNodeInfo? {
        if (id == View.NO_ID) {
            val host = AccessibilityNodeInfo.obtain(grid)
            grid.onInitializeAccessibilityNodeInfo(host)
            grid.placed.indices.forEach { host.addChild(grid, it) }
            return host
        }
        val placed = grid.placed.getOrNull(id) ?: return null
        return AccessibilityNodeInfo.obtain(grid, id).apply {
            setParent(grid)
            packageName = grid.context.packageName
            className = "android.widget.Button"
            contentDescription = placed.cell.described
            isEnabled = true
            isClickable = true
            isFocusable = true
            isVisibleToUser = grid.isShown
            isAccessibilityFocused = focused == id
            val corner = IntArray(2).also(grid::getLocationOnScreen)
            setBoundsInParent(placed.at)
            setBoundsInScreen(Rect(placed.at).apply { offset(corner[0], corner[1]) })
            addAction(AccessibilityNodeInfo.AccessibilityAction.ACTION_CLICK)
            addAction(
                if (focused == id) AccessibilityNodeInfo.AccessibilityAction.ACTION_CLEAR_ACCESSIBILITY_FOCUS
                else AccessibilityNodeInfo.AccessibilityAction.ACTION_ACCESSIBILITY_FOCUS,
            )
        }
    }

    override fun performAction(id: Int, action: Int, arguments: Bundle?): Boolean {
        val cell = grid.placed.getOrNull(id)?.cell ?: return false
        when (action) {
            AccessibilityNodeInfo.ACTION_CLICK -> grid.onTap(cell.room)
            AccessibilityNodeInfo.ACTION_ACCESSIBILITY_FOCUS -> {
                focused = id
                say(id, AccessibilityEvent.TYPE_VIEW_ACCESSIBILITY_FOCUSED)
            }
            AccessibilityNodeInfo.ACTION_CLEAR_ACCESSIBILITY_FOCUS -> {
                focused = View.NO_ID
                say(id, AccessibilityEvent.TYPE_VIEW_ACCESSIBILITY_FOCUS_CLEARED)
            }
            else -> return false
        }
        grid.invalidate()
        return true
    }

    /** Exploring by touch: the reader names the room under the finger. */
    fun hover(event: MotionEvent): Boolean {
        if (!grid.context.service<AccessibilityManager>().isTouchExplorationEnabled) return false
        val now = if (event.action == MotionEvent.ACTION_HOVER_EXIT) View.NO_ID else grid.indexAt(event.x, event.y)
        if (now == hovered) return now >= 0
        if (hovered >= 0) say(hovered, AccessibilityEvent.TYPE_VIEW_HOVER_EXIT)
        if (now >= 0) say(now, AccessibilityEvent.TYPE_VIEW_HOVER_ENTER)
        hovered = now
        return true
    }

    @Suppress("DEPRECATION")
    private fun say(id: Int, type: Int) {
        val placed = grid.placed.getOrNull(id) ?: return
        val event = AccessibilityEvent.obtain(type)
        event.setSource(grid, id)
        event.packageName = grid.context.packageName
        event.className = "android.widget.Button"
        event.contentDescription = placed.cell.described
        grid.parent.requestSendAccessibilityEvent(grid, event)
    }
}
