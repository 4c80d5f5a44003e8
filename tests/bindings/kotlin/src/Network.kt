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
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.withContext

private const val TIMEOUT_MS = 60_000

/** The way to an office, as Android has it: HttpURLConnection. */
class Network(private val office: String) : Transport {
    override suspend fun send(request: Request): Response = withContext(Dispatchers.IO) {
        try {
            exchange(office, request)
        } catch (_: IOException) {
            throw TransportException.Unreachable()
        }
    }
}

/** A network on which nothing ever comes back. */
class Hanging : Transport {
    val asked = CompletableDeferred<Unit>()

    override suspend fun send(request: Request): Response {
        asked.complete(Unit)
        awaitCancellation()
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
                    exchange(office, step.request)
                } catch (_: IOException) {
                    throw client.requestFailed()
                }
                brought = client.takeResponse(status, headers, body)
            }
        }
    }
}

/** Sends one request and returns its answer, whatever its status. */
private fun exchange(office: String, request: Request): Response {
    val line = URI(office + request.path).toURL().openConnection() as HttpURLConnection
    try {
        line.connectTimeout = TIMEOUT_MS
        line.readTimeout = TIMEOUT_MS
        line.instanceFollowRedirects = false
        line.setMethod(request.method)
        request.headers.forEach { line.setRequestProperty(it.name, it.value) }
        val body = bodyOf(request)
        if (body.isNotEmpty()) {
            line.doOutput = true
            line.outputStream.use { it.write(body) }
        }
        val status = line.responseCode
        // The status line has no name.
        val headers = line.headerFields.filterKeys { it != null }.flatMap { (name, values) -> values.map { Header(name.lowercase(), it) } }
        val answer = if (status >= HttpURLConnection.HTTP_BAD_REQUEST) line.errorStream else line.inputStream
        return Response(status.toUShort(), headers, answer?.use { it.readBytes() } ?: byteArrayOf())
    } finally {
        line.disconnect()
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
