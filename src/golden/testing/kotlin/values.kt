// The inputs of a model as Litescope filled them: hold your own buffers against these.
import java.io.File
import java.nio.ByteBuffer
import java.nio.ByteOrder

/** The elements of a .npy file that Litescope wrote. */
private fun elements(file: File): ByteBuffer {
    val bytes = ByteBuffer.wrap(file.readBytes()).order(ByteOrder.LITTLE_ENDIAN)
    bytes.position(10 + bytes.getShort(8))
    return bytes.slice().order(ByteOrder.LITTLE_ENDIAN)
}

/** input: float32 [1, 3], from inputs/0.npy */
fun input0(file: File): ByteBuffer = elements(file)
