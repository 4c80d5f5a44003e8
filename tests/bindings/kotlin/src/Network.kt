package cn.minqing.story

import cn.minqing.app.bridge.network.Network
import cn.minqing.core.Contacted
import cn.minqing.core.Minqing
import cn.minqing.core.Request
import cn.minqing.core.Step
import java.io.IOException
import java.net.HttpURLConnection
import java.net.ProtocolException
import java.net.URI

/**
 * The app's own way to an office. Android's HttpURLConnection sends PATCH; the one of a JVM refuses the word, and only the word. So the field is
 * set here, where no Android is, and the office is asked in the way an app asks it.
 */
fun network(office: String) = Network(office, setMethod = { method ->
    try {
        requestMethod = method
    } catch (_: ProtocolException) {
        HttpURLConnection::class.java.getDeclaredField("method").apply { isAccessible = true }.set(this, method)
    }
})

/** Says all there is to say, for an app that holds the loop itself; what it brought, nothing where nothing was said. */
fun contact(client: Minqing, office: String): Contacted? {
    var brought: Contacted? = null
    while (true) {
        when (val step = client.nextStep()) {
            is Step.Done -> return brought
            is Step.Again -> {}
            is Step.Send -> {
                val (status, headers, body) = try {
                    network(office).exchange(step.request)
                } catch (_: IOException) {
                    throw client.requestFailed()
                }
                brought = client.takeResponse(status, headers, body)
            }
        }
    }
}

/** Holds the stream of events open, does something, and waits for the first event. */
fun listen(office: String, request: Request, meanwhile: () -> Unit): String {
    val line = network(office).lineTo(request)
    line.readTimeout = Network.TIMEOUT_MS
    request.headers.forEach { line.setRequestProperty(it.name, it.value) }
    try {
        val lines = line.inputStream.bufferedReader()
        meanwhile()
        return lines.lineSequence().first { it.startsWith("event:") }.removePrefix("event:").trim()
    } finally {
        line.disconnect()
    }
}

/** Sends JSON to the office under a session; the status, and what was said. */
fun post(url: String, cookie: String, body: String): Pair<Int, String> {
    val line = URI(url).toURL().openConnection() as HttpURLConnection
    line.setRequestProperty("cookie", cookie)
    line.setRequestProperty("content-type", "application/json")
    line.doOutput = true
    line.outputStream.use { it.write(body.toByteArray()) }
    val answer = if (line.responseCode >= HttpURLConnection.HTTP_BAD_REQUEST) line.errorStream else line.inputStream
    return line.responseCode to answer.use { String(it.readBytes()) }
}
