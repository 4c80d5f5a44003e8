package cn.minqing.app

import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** Every screen once more on the oldest platform, Android 8. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [26])
class OldestPlatformTest {
    @Test fun today() = draw(Mode("zh-api26"), TodayScreensTest().shots())
    @Test fun walk() = draw(Mode("zh-api26"), WalkScreensTest().shots())
    @Test fun matters() = draw(Mode("zh-api26"), MatterScreensTest().shots())
    @Test fun feedback() = draw(Mode("zh-api26"), FeedbackScreensTest().shots())
    @Test fun households() = draw(Mode("zh-api26"), HouseholdScreensTest().shots())
    @Test fun agenda() = draw(Mode("zh-api26"), AgendaScreensTest().shots())
    @Test fun me() = draw(Mode("zh-api26"), MeScreensTest().shots())
}
