package cn.minqing.app

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** The layers, the two languages and the one palette, held by tests. Plain JUnit. */
class ArchitectureTest {
    private val main = File("app/src/main")
    private val code = File(main, "kotlin/cn/minqing/app")

    private fun none(of: File, wrong: Regex, but: Regex = Regex("(?!)")) {
        val files = of.walk().filter(File::isFile).toList()
        assertTrue("nothing in $of", files.isNotEmpty())
        assertEquals(emptyList<String>(), files.flatMap { file -> file.readLines().filter { wrong in it && but !in it }.map { "${file.name}: ${it.trim()}" } })
    }

    @Test fun modelsAndPresentersKnowNoAndroid() = listOf("model", "presenter").forEach { none(File(code, it), Regex("^import (android|kotlinx|cn\\.minqing\\.core)|\\bandroid\\.")) }
    @Test fun modelsKnowNobody() = none(File(code, "model"), Regex("^import cn\\.minqing\\.app\\.(?!model)"))
    @Test fun presentersKnowModelsAlone() = none(File(code, "presenter"), Regex("^import cn\\.minqing\\.app\\.(?!model|presenter)"))
    @Test fun onlyTheBridgeKnowsTheBinding() = listOf("view", "screen", "presenter", "model").forEach { none(File(code, it), Regex("cn\\.minqing\\.core|uniffi")) }
    @Test fun screensKnowNoBridge() = listOf("view", "screen").forEach { none(File(code, it), Regex("app\\.bridge")) }
    @Test fun layoutsHoldNoColourNoTextNoSpSize() = none(File(main, "res/layout"), Regex("#[0-9A-Fa-f]{3,8}\"|android:(text|hint)=\"[^@]|\\dsp\""))
    @Test fun codeSaysNothingOfItsOwn() = listOf("screen", "view").forEach { none(File(code, it), Regex("\"[^\"]*\\p{IsHan}"), but = Regex("replace\\(")) }
    @Test fun nothingIsLogged() = none(code, Regex("\\bLog\\.|println\\(|printStackTrace"))

    @Test
    fun bothLanguagesSayEverything() {
        val files = checkNotNull(File(main, "res/values").list()).sorted()
        assertEquals(files, checkNotNull(File(main, "res/values-en").list()).sorted())
        files.forEach { assertEquals(it, names("res/values/$it"), names("res/values-en/$it")) }
    }

    @Test
    fun nightHasEveryColour() = assertEquals(names("design/values/colors.xml"), names("design/values-night/colors.xml"))

    @Test
    fun sourcesStaySmall() = assertEquals(
        emptyList<String>(), listOf(code, File("app/src/test/kotlin")).flatMap { it.walk().filter(File::isFile) }.filter { it.readLines().size > 200 }.map { it.name },
    )

    private fun names(path: String): List<String> {
        val root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(File(main, path)).documentElement
        return (0 until root.childNodes.length).map(root.childNodes::item).filter { it.nodeType == 1.toShort() }
            .map { it.nodeName + " " + it.attributes.getNamedItem("name").nodeValue }
    }
}
