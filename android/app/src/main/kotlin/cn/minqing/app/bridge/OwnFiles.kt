package cn.minqing.app.bridge

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.OpenableColumns
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException
import java.io.InputStream

/** Lets the camera write one photo and a messenger read one bundle: files of one directory, each by a grant of its own. */
class OwnFiles : ContentProvider() {
    override fun onCreate() = true

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor = ParcelFileDescriptor.open(fileOf(uri), ParcelFileDescriptor.parseMode(mode))

    override fun query(uri: Uri, columns: Array<String>?, selection: String?, arguments: Array<String>?, order: String?): Cursor {
        val file = fileOf(uri)
        return MatrixCursor(arrayOf(OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE)).apply { addRow(arrayOf<Any>(file.name, file.length())) }
    }

    override fun getType(uri: Uri): String = if (uri.path.orEmpty().endsWith(".jpg")) "image/jpeg" else "application/octet-stream"
    override fun insert(uri: Uri, values: ContentValues?): Uri? = null
    override fun delete(uri: Uri, selection: String?, arguments: Array<String>?) = 0
    override fun update(uri: Uri, values: ContentValues?, selection: String?, arguments: Array<String>?) = 0

    /** A name and no way out of the directory. */
    private fun fileOf(uri: Uri): File {
        val name = uri.pathSegments.singleOrNull()?.takeIf { it == File(it).name && it != ".." } ?: throw FileNotFoundException(uri.path)
        return File(directory(checkNotNull(context)), name)
    }

    companion object {
        /** What was left of photos, signatures and bundles that went where they belong, or nowhere; not what the camera is about to bring. */
        fun tidy(context: Context, olderThanMs: Long) =
            directory(context).listFiles().orEmpty().filter { it.lastModified() < olderThanMs }.forEach { it.delete() }

        /** A copy of what another app hands over; nothing where it is no document of that app's, or too large. */
        fun copy(context: Context, from: Uri): File? {
            if (from.scheme != "content" || from.authority == AUTHORITY) return null
            val copy = File(directory(context), "${System.currentTimeMillis()}.mqb")
            return try {
                context.contentResolver.openInputStream(from)?.use { into(copy, it) }
            } catch (_: IOException) {
                null
            } catch (_: RuntimeException) {
                null // whatever another app throws
            }
        }

        private fun into(copy: File, from: InputStream): File? {
            val chunk = ByteArray(64 shl 10)
            copy.outputStream().use { out ->
                var size = 0
                generateSequence { from.read(chunk).takeIf { it >= 0 } }.takeWhile { size <= MOST }.forEach {
                    out.write(chunk, 0, it)
                    size += it
                }
                if (size <= MOST) return copy
            }
            copy.delete()
            return null
        }

        /** Bytes; no bundle is larger. */
        private const val MOST = 16 shl 20
        private const val AUTHORITY = "cn.minqing.app.files"

        fun directory(context: Context) = File(context.cacheDir, "hand").apply { mkdirs() }
        fun uriOf(file: File): Uri = Uri.Builder().scheme("content").authority(AUTHORITY).appendPath(file.name).build()
    }
}
