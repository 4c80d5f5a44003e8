package cn.minqing.app

import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import java.io.File
import java.net.InetAddress
import java.net.InetSocketAddress
import java.nio.file.Files
import java.security.KeyStore
import java.security.MessageDigest
import java.util.Base64
import javax.net.ssl.HttpsURLConnection
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory

/** An office on this machine that speaks https with a certificate of its own making, which the system of this test trusts while it is open. */
class Sealed : AutoCloseable {
    private val store = KeyStore.getInstance("PKCS12").apply { made().inputStream().use { load(it, PASS) } }
    private val context = SSLContext.getInstance("TLS").apply {
        val keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).apply { init(store, PASS) }
        val trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(store) }
        init(keys.keyManagers, trust.trustManagers, null)
    }
    private val before = HttpsURLConnection.getDefaultSSLSocketFactory()
    private val server = HttpsServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0).apply {
        httpsConfigurator = HttpsConfigurator(context)
        createContext("/") { exchange ->
            asked++
            exchange.sendResponseHeaders(200, 0)
            exchange.responseBody.use { it.write("pinned".toByteArray()) }
        }
        start()
    }

    /** How often it was spoken to. */
    @Volatile
    var asked = 0
        private set

    val url get() = "https://localhost:${server.address.port}"
    val pin: String get() = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(store.getCertificate(NAME).publicKey.encoded))

    init {
        HttpsURLConnection.setDefaultSSLSocketFactory(context.socketFactory)
    }

    override fun close() {
        HttpsURLConnection.setDefaultSSLSocketFactory(before)
        server.stop(0)
    }

    private companion object {
        const val NAME = "office"
        val PASS = "throw-away".toCharArray()

        /** By the JDK's own tool. */
        fun made(): File {
            val file = File(Files.createTempDirectory("sealed").toFile(), "keys.p12")
            val tool = File(System.getProperty("java.home"), "bin/keytool").path
            val command = listOf(
                tool, "-genkeypair", "-alias", NAME, "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-storetype", "PKCS12", "-keystore", file.path,
                "-storepass", String(PASS),
            )
            check(ProcessBuilder(command).redirectErrorStream(true).start().also { it.inputStream.readBytes() }.waitFor() == 0) { "keytool" }
            return file
        }
    }
}
