package cn.minqing.app.bridge

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.NotFoundException
import com.google.zxing.RGBLuminanceSource
import com.google.zxing.ReaderException
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.qrcode.QRCodeReader

/** The words of a QR code on a photo; nothing where there is none. */
object Qr {
    fun read(path: String): String? = Bounds(path).sample()?.let(::read)

    fun read(picture: Bitmap): String? {
        val dots = IntArray(picture.width * picture.height)
        picture.getPixels(dots, 0, picture.width, 0, 0, picture.width, picture.height)
        val source = BinaryBitmap(HybridBinarizer(RGBLuminanceSource(picture.width, picture.height, dots)))
        return try {
            QRCodeReader().decode(source, mapOf(DecodeHintType.TRY_HARDER to true)).text
        } catch (_: NotFoundException) {
            null
        } catch (_: ReaderException) {
            null
        }
    }

    /** A photo of twelve megapixels would not fit the memory of an old phone. */
    private class Bounds(private val path: String) {
        fun sample(): Bitmap? {
            val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
            BitmapFactory.decodeFile(path, size)
            val larger = maxOf(size.outWidth, size.outHeight)
            return BitmapFactory.decodeFile(path, BitmapFactory.Options().apply { inSampleSize = maxOf(1, larger / MOST) })
        }
    }

    private const val MOST = 1600
}
