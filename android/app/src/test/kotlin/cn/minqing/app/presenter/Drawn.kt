package cn.minqing.app.presenter

import java.awt.BasicStroke
import java.awt.Color
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import javax.imageio.ImageIO

/** A picture without Android: a line as of a finger, another one each time. */
object Drawn {
    private var count = 0

    fun png(): ByteArray {
        val picture = BufferedImage(400, 200, BufferedImage.TYPE_INT_RGB)
        picture.createGraphics().run {
            color = Color.WHITE
            fillRect(0, 0, 400, 200)
            color = Color.BLACK
            stroke = BasicStroke(6f)
            drawLine(20, 180, 380, 20 + count++)
        }
        return ByteArrayOutputStream().also { ImageIO.write(picture, "png", it) }.toByteArray()
    }
}
