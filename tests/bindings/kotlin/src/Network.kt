package cn.minqing.story

import cn.minqing.core.Contacted
import cn.minqing.core.Header
import cn.minqing.core.Minqing
import cn.minqing.core.Request
import cn.minqing.core.Response
import cn.minqing.core.Step
import cn.minqing.core.Transport
import cn.minqing.core.TransportException
import java.io.IOException
import java.io.RandomAccessFile
import java.net.HttpURLConnection
import java.net.ProtocolException
import java.net.URI
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** How long an office may be silent. */
const val TIMEOUT_MS = 60_000

/** The way to an office, as Android has it: HttpURLConnection. */
class Network(private val office: String) : Transport {
    override suspend fun send(request: Request): Response = coroutineScope {
        val line = lineTo(office, request)
        // Reading blocks its thread; closing the line is what ends it when the contact is cancelled.
        val leaving = launch(start = CoroutineStart.UNDISPATCHED) {
            try {
                awaitCancellation()
            } finally {
                line.disconnect()
            }
        }
        try {
            withContext(Dispatchers.IO) { line.exchange(request) }
        } catch (_: IOException) {
            throw TransportException.Unreachable()
        } finally {
            leaving.cancel()
        }
    }
}

/** Says all there is to say, for an app that holds the loop itself; what it brought, nothing where nothing was said. */
fun contact(client: Minqing, office: String): Contacted? {
    var brought: Contacted? = null
    while (true) {
        when (val step = client.nextStep()) {
            is Step.Done -> return brought
            is Step.Again -> {}
            is Step.Send -> {
                val (status, headers, body) = try {
                    lineTo(office, step.request).exchange(step.request)
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
    val line = lineTo(office, request)
    line.readTimeout = TIMEOUT_MS
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

private fun lineTo(office: String, request: Request) = URI(office + request.path).toURL().openConnection() as HttpURLConnection

/** Sends one request and returns its answer, whatever its status. */
private fun HttpURLConnection.exchange(request: Request): Response {
    try {
        connectTimeout = TIMEOUT_MS
        readTimeout = TIMEOUT_MS
        instanceFollowRedirects = false
        setMethod(request.method)
        request.headers.forEach { setRequestProperty(it.name, it.value) }
        val body = bodyOf(request)
        if (body.isNotEmpty()) {
            doOutput = true
            outputStream.use { it.write(body) }
        }
        val status = responseCode
        // The status line has no name.
        val headers = headerFields.filterKeys { it != null }.flatMap { (name, values) -> values.map { Header(name.lowercase(), it) } }
        val answer = if (status >= HttpURLConnection.HTTP_BAD_REQUEST) errorStream else inputStream
        return Response(status.toUShort(), headers, answer?.use { it.readBytes() } ?: byteArrayOf())
    } finally {
        disconnect()
    }
}

private fun bodyOf(request: Request): ByteArray {
    if (request.file.isEmpty()) return request.body
    return RandomAccessFile(request.file, "r").use { file ->
        file.seek(request.offset.toLong())
        ByteArray(request.len.toInt()).also(file::readFully)
    }
}

/**
 * Android's HttpURLConnection sends PATCH; the one of a JVM refuses the word, and only the word. So the field is set here, where no
 * Android is, and the office is asked in the way an app asks it.
 */
private fun HttpURLConnection.setMethod(method: String) {
    try {
        requestMethod = method
    } catch (_: ProtocolException) {
        HttpURLConnection::class.java.getDeclaredField("method").apply { isAccessible = true }.set(this, method)
    }
}
