package cn.minqing.app

import java.net.HttpURLConnection
import java.net.URI
import org.json.JSONObject

/** A resident with a slip of the office's stock: code and PIN, nothing else. */
class Slip(val code: String, private val pin: String) {
    private val token by lazy { speak("token", JSONObject().put("code", code).put("pin", pin), "").getString("token") }

    fun appointments() = speak("appointments", null).getJSONArray("appointments")

    /** When the time can be another one, the earliest first. */
    fun times(appointment: String): List<Long> =
        speak("appointments/$appointment/times", null).getJSONArray("times").let { all -> (0 until all.length()).map { all.getJSONObject(it).getLong("start_ms") } }

    fun does(appointment: String, deed: JSONObject) = speak("appointments/$appointment/events", deed.put("saw", 1_000))

    private fun speak(path: String, body: JSONObject?, bearer: String = token): JSONObject {
        val line = URI("${Office.url}/v1/resident/$path").toURL().openConnection() as HttpURLConnection
        line.setRequestProperty("authorization", "Bearer $bearer")
        if (body != null) {
            line.setRequestProperty("content-type", "application/json")
            line.doOutput = true
            line.outputStream.use { it.write(body.toString().toByteArray()) }
        }
        check(line.responseCode == HttpURLConnection.HTTP_OK) { "$path: ${line.responseCode} ${line.errorStream?.use { String(it.readBytes()) }}" }
        return JSONObject(line.inputStream.use { String(it.readBytes()) })
    }

    companion object {
        /** One as it is printed and cut out. */
        fun cut(): Slip {
            val page = Office.program("slips", "--count", "1").getString("html")
            fun after(mark: String) = page.substringAfter(mark).substringBefore('<')
            return Slip(after("class=\"code\">"), after("class=\"pin\">").replace(" ", ""))
        }
    }
}
