package cn.minqing.app.bridge

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties.BLOCK_MODE_GCM
import android.security.keystore.KeyProperties.ENCRYPTION_PADDING_NONE
import android.security.keystore.KeyProperties.KEY_ALGORITHM_AES
import android.security.keystore.KeyProperties.PURPOSE_DECRYPT
import android.security.keystore.KeyProperties.PURPOSE_ENCRYPT
import java.io.File
import java.security.KeyStore
import java.security.SecureRandom
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** What can seal a few bytes and nobody else can open. */
interface Seal {
    fun seal(plain: ByteArray): ByteArray
    fun open(sealed: ByteArray): ByteArray
}

/** The key of the phone's file: 32 random bytes made at the first start, in a file that only [seal] can open. */
class FileKey(private val file: File, private val seal: Seal) : () -> ByteArray {
    override fun invoke(): ByteArray {
        if (file.exists()) return seal.open(file.readBytes())
        val key = ByteArray(SIZE).also(SecureRandom()::nextBytes)
        // Whole or not at all: a phone may be killed here.
        val half = File(file.path + ".half")
        half.writeBytes(seal.seal(key))
        check(half.renameTo(file)) { "the key's file cannot be written" }
        return key
    }

    fun forget() {
        file.delete()
    }

    private companion object {
        const val SIZE = 32
    }
}

/** The Keystore's own key, which never leaves it. */
class KeystoreSeal : Seal {
    override fun seal(plain: ByteArray): ByteArray = Cipher.getInstance(CIPHER).run {
        init(Cipher.ENCRYPT_MODE, key())
        iv + doFinal(plain)
    }

    override fun open(sealed: ByteArray): ByteArray = Cipher.getInstance(CIPHER).run {
        init(Cipher.DECRYPT_MODE, key(), GCMParameterSpec(TAG_BITS, sealed, 0, IV))
        doFinal(sealed, IV, sealed.size - IV)
    }

    private fun key(): SecretKey {
        val store = KeyStore.getInstance(STORE).apply { load(null) }
        (store.getKey(ALIAS, null) as SecretKey?)?.let { return it }
        val wish = KeyGenParameterSpec.Builder(ALIAS, PURPOSE_ENCRYPT or PURPOSE_DECRYPT).setBlockModes(BLOCK_MODE_GCM).setEncryptionPaddings(ENCRYPTION_PADDING_NONE)
        return KeyGenerator.getInstance(KEY_ALGORITHM_AES, STORE).run {
            init(wish.setKeySize(256).build())
            generateKey()
        }
    }

    private companion object {
        const val STORE = "AndroidKeyStore"
        const val ALIAS = "minqing.file"
        const val CIPHER = "AES/GCM/NoPadding"
        const val IV = 12
        const val TAG_BITS = 128
    }
}
