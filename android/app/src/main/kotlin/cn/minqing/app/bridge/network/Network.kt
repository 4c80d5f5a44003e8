package cn.minqing.app.bridge.network

import cn.minqing.core.Header
import cn.minqing.core.Request
import cn.minqing.core.Response
import cn.minqing.core.Transport
import cn.minqing.core.TransportException
import java.io.IOException
import java.io.RandomAccessFile
import java.net.HttpURLConnection
import java.net.URI
import java.security.MessageDigest
import java.util.Base64
import javax.net.ssl.HttpsURLConnection
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** How a request's word is set; a JVM's HttpURLConnection refuses PATCH, Android's does not. */
typealias SetMethod = HttpURLConnection.(String) -> Unit

/**
 * The way to an office: HttpURLConnection. [pin]: SHA-256 of the server's public key in base64, where the office's certificate is to be
 * this one and no other; empty = whatever the system trusts.
 */
class Network(private val office: String, private val pin: String = "", private val setMethod: SetMethod = { requestMethod = it }) : Transport {
    override suspend fun send(request: Request): Response = coroutineScope {
        val line = try {
            lineTo(request)
        } catch (_: IOException) {
            throw TransportException.Unreachable()
        } catch (_: IllegalArgumentException) {
            throw TransportException.Unreachable()
        }
        // Reading blocks its thread; closing the line is what ends it when the contact is cancelled.
        val leaving = launch(start = CoroutineStart.UNDISPATCHED) {
            try {
                awaitCancellation()
            } finally {
                line.disconnect()
            }
        }
        try {
            withContext(Dispatchers.IO) { exchange(line, request) }
        } catch (_: IOException) {
            throw TransportException.Unreachable()
        } finally {
            leaving.cancel()
        }
    }

    /** Sends one request and returns its answer, whatever its status; for an app that holds the loop itself. */
    fun exchange(request: Request): Response = exchange(lineTo(request), request)

    fun lineTo(request: Request) = URI(office + request.path).toURL().openConnection() as HttpURLConnection

    private fun exchange(line: HttpURLConnection, request: Request): Response = with(line) {
        try {
            connectTimeout = TIMEOUT_MS
            readTimeout = TIMEOUT_MS
            instanceFollowRedirects = false
            setMethod(request.method)
            request.headers.forEach { setRequestProperty(it.name, it.value) }
            checkPin(this)
            val body = bodyOf(request)
            if (body.isNotEmpty()) {
                doOutput = true
                setFixedLengthStreamingMode(body.size)
                outputStream.use { it.write(body) }
            }
            val status = responseCode
            // The status line has no name.
            val headers = headerFields.filterKeys { it != null }.flatMap { (name, values) -> values.map { Header(name.lowercase(), it) } }
            val answer = if (status >= HttpURLConnection.HTTP_BAD_REQUEST) errorStream else inputStream
            Response(status.toUShort(), headers, answer?.use { it.readBytes() } ?: byteArrayOf())
        } finally {
            disconnect()
        }
    }

    /** Before a byte of ours is sent. */
    private fun checkPin(line: HttpURLConnection) {
        if (pin.isEmpty()) return
        if (line !is HttpsURLConnection) throw IOException("a pinned office is spoken to by https alone")
        line.connect()
        val key = line.serverCertificates.first().publicKey.encoded
        if (Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key)) != pin) throw IOException("another certificate than the pinned one")
    }

    private fun bodyOf(request: Request): ByteArray {
        if (request.file.isEmpty()) return request.body
        return RandomAccessFile(request.file, "r").use { file ->
            file.seek(request.offset.toLong())
            ByteArray(request.len.toInt()).also(file::readFully)
        }
    }

    companion object {
        /** How long an office may be silent. */
        const val TIMEOUT_MS = 60_000
    }
}
