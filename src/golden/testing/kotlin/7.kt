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

/** input: float32 [1, 4, 4, 4], from inputs/0.bmp, turned as its EXIF orientation says */
fun input0(bitmap: Bitmap): ByteBuffer {
    val (width, height) = bitmap.width to bitmap.height
    val pixels = IntArray(width * height)
    bitmap.getPixels(pixels, 0, width, 0, 0, width, height)
    val across = max(4.0 / width, 4.0 / height) // crop
    val down = across
    val area = min(across, down) < 0.5 // bilinear aliases where a picture shrinks a lot
    val columns = weights(width, 4, across, (4 - width * across) / 2, area)
    val rows = weights(height, 4, down, (4 - height * down) / 2, area)
    val one = 4 * 4 * 4
    val tensor = ByteBuffer.allocateDirect(1 * one * 4).order(ByteOrder.nativeOrder())
    for (y in 0 until 4) for (x in 0 until 4) {
        val sum = DoubleArray(4)
        for ((row, down) in rows[y]) for ((column, across) in columns[x]) {
            val pixel = pixels[row * width + column]
            for ((c, shift) in listOf(16, 8, 0, 24).withIndex()) sum[c] += (pixel shr shift and 0xff) * down * across
        }
        val gray = sum[1] + 0.299 * (sum[0] - sum[1]) + 0.114 * (sum[2] - sum[1])
        val values = doubleArrayOf((gray - 127.5) * (1 / (127.5 * 1.0)), (gray - 127.5) * (1 / (127.5 * 1.0)), (gray - 127.5) * (1 / (127.5 * 1.0)), (sum[3] - 127.5) * (1 / (127.5 * 1.0)))
        for ((c, value) in values.withIndex()) {
            for (place in 0 until 1) tensor.putFloat((place * one + (y * 4 + x) * 4 + c) * 4, value.toFloat())
        }
    }
    return tensor
}
