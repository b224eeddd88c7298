// The inputs of a model as Litescope filled them: hold your own buffers against these.
import android.graphics.Bitmap
import java.nio.ByteBuffer
import java.nio.ByteOrder
import kotlin.math.ceil
import kotlin.math.floor
import kotlin.math.max
import kotlin.math.min

/** For each of `target` pixels the pixels of the picture that are in it, with their shares; none outside of the picture, which is black. */
private fun weights(size: Int, target: Int, scale: Double, offset: Double, area: Boolean): List<List<Pair<Int, Double>>> = List(target) { i ->
    val centre = (i + 0.5 - offset) / scale
    if (centre < 0 || centre > size) return@List emptyList()
    if (area && scale < 1) {
        val first = max((i - offset) / scale, 0.0)
        val last = min((i + 1 - offset) / scale, size.toDouble())
        val start = min(first.toInt(), size - 1)
        val end = max(min(ceil(last).toInt(), size), start + 1)
        return@List (start until end).map { p -> p to (min(p + 1.0, last) - max(p.toDouble(), first)) / (last - first) }
    }
    val at = min(max(centre - 0.5, 0.0), size - 1.0)
    val p = at.toInt()
    listOf(p to 1 - (at - p), min(p + 1, size - 1) to at - p)
}

/** input: int8 [1, 6, 8, 3], from inputs/0.bmp, turned as its EXIF orientation says */
fun input0(bitmap: Bitmap): ByteBuffer {
    val (width, height) = bitmap.width to bitmap.height
    val pixels = IntArray(width * height)
    bitmap.getPixels(pixels, 0, width, 0, 0, width, height)
    val across = 8.0 / width
    val down = 6.0 / height
    val area = min(across, down) < 0.5 // bilinear aliases where a picture shrinks a lot
    val columns = weights(width, 8, across, (8 - width * across) / 2, area)
    val rows = weights(height, 6, down, (6 - height * down) / 2, area)
    val one = 6 * 8 * 3
    val tensor = ByteBuffer.allocateDirect(1 * one * 1).order(ByteOrder.nativeOrder())
    for (y in 0 until 6) for (x in 0 until 8) {
        val sum = DoubleArray(4)
        for ((row, down) in rows[y]) for ((column, across) in columns[x]) {
            val pixel = pixels[row * width + column]
            for ((c, shift) in listOf(16, 8, 0, 24).withIndex()) sum[c] += (pixel shr shift and 0xff) * down * across
        }
        val values = doubleArrayOf((sum[0] - 127.5) * (1 / (127.5 * 0.0078125)), (sum[1] - 127.5) * (1 / (127.5 * 0.0078125)), (sum[2] - 127.5) * (1 / (127.5 * 0.0078125)))
        for ((c, value) in values.withIndex()) {
            val stored = ((if (value < 0) -floor(0.5 - value) else floor(value + 0.5)) + -1).coerceIn(-128.0, 127.0).toLong()
            for (place in 0 until 1) tensor.put((place * one + (y * 8 + x) * 3 + c) * 1, stored.toByte())
        }
    }
    return tensor
}
