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
        private const val AUTHORITY = "cn.minqing.app.files"

        fun directory(context: Context) = File(context.cacheDir, "hand").apply { mkdirs() }
        fun uriOf(file: File): Uri = Uri.Builder().scheme("content").authority(AUTHORITY).appendPath(file.name).build()
    }
}
