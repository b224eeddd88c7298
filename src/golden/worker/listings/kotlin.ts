import type { ValueDType } from '../../../tensor/dtype';
import { bytesPerElement } from '../../../tensor/values';
import { inComment, type ListedInput, type ListedPicture } from './listed-input';

const helpers = `
/** For each of \`target\` pixels the pixels of the picture that are in it, with their shares; none outside of the picture, which is black. */
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
`;

const load = `
/** The elements of a .npy file that Litescope wrote. */
private fun elements(file: File): ByteBuffer {
    val bytes = ByteBuffer.wrap(file.readBytes()).order(ByteOrder.LITTLE_ENDIAN)
    bytes.position(10 + bytes.getShort(8))
    return bytes.slice().order(ByteOrder.LITTLE_ENDIAN)
}
`;

/** Kotlin tells whole numbers from others. */
function real(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function sourceOf({ order, extra }: ListedPicture, channel: number): string {
  if (channel === 3) return extra === null ? 'sum[3]' : '0.0';
  if (order === 'gray') return 'gray';
  return `sum[${order === 'rgb' ? channel : 2 - channel}]`;
}

/** What puts a value into the buffer. */
function putOf(dtype: ValueDType, at: string): string {
  switch (dtype) {
    case 'float32': return `tensor.putFloat(${at}, value.toFloat())`;
    case 'float64': return `tensor.putDouble(${at}, value)`;
    case 'float16': return `tensor.putShort(${at}, Half.toHalf(value.toFloat()))`;
    case 'int8': case 'uint8': return `tensor.put(${at}, stored.toByte())`;
    case 'int16': case 'uint16': return `tensor.putShort(${at}, stored.toShort())`;
    default: return `tensor.putInt(${at}, stored.toInt())`;
  }
}

function pictureLines(picture: ListedPicture, dtype: ValueDType): string[] {
  const { batch, height, width, channels, fit, resize, order, layout, mean, std, scale, zeroPoint, range, extra } = picture;
  const bytes = bytesPerElement(dtype);
  const values = Array.from({ length: channels }, (_, channel) => (channel === 3 && extra !== null ? `${real(extra)} / ${real(scale)}` : `(${sourceOf(picture, channel)} - ${real(mean[channel] ?? 0)}) * (1 / (${real(std[channel] ?? 1)} * ${real(scale)}))`));
  const element = layout === 'nhwc' ? `(y * ${width} + x) * ${channels} + c` : `(c * ${height} + y) * ${width} + x`;
  return [
    'fun PLACE(bitmap: Bitmap): ByteBuffer {',
    '    val (width, height) = bitmap.width to bitmap.height',
    '    val pixels = IntArray(width * height)',
    '    bitmap.getPixels(pixels, 0, width, 0, 0, width, height)',
    ...(fit === 'stretch' ? [`    val across = ${real(width)} / width`, `    val down = ${real(height)} / height`] : [`    val across = ${fit === 'crop' ? 'max' : 'min'}(${real(width)} / width, ${real(height)} / height) // ${fit}`, '    val down = across']),
    `    val area = ${resize === 'auto' ? 'min(across, down) < 0.5 // bilinear aliases where a picture shrinks a lot' : String(resize === 'area')}`,
    `    val columns = weights(width, ${width}, across, (${width} - width * across) / 2, area)`,
    `    val rows = weights(height, ${height}, down, (${height} - height * down) / 2, area)`,
    `    val one = ${height} * ${width} * ${channels}`,
    `    val tensor = ByteBuffer.allocateDirect(${batch} * one * ${bytes}).order(ByteOrder.nativeOrder())`,
    `    for (y in 0 until ${height}) for (x in 0 until ${width}) {`,
    '        val sum = DoubleArray(4)',
    '        for ((row, down) in rows[y]) for ((column, across) in columns[x]) {',
    '            val pixel = pixels[row * width + column]',
    '            for ((c, shift) in listOf(16, 8, 0, 24).withIndex()) sum[c] += (pixel shr shift and 0xff) * down * across',
    '        }',
    ...(order === 'gray' ? ['        val gray = sum[1] + 0.299 * (sum[0] - sum[1]) + 0.114 * (sum[2] - sum[1])'] : []),
    `        val values = doubleArrayOf(${values.join(', ')})`,
    '        for ((c, value) in values.withIndex()) {',
    ...(range === null ? [] : [`            val stored = ((if (value < 0) -floor(0.5 - value) else floor(value + 0.5)) + ${zeroPoint}).coerceIn(${real(range[0])}, ${real(range[1])}).toLong()`]),
    `            for (place in 0 until ${batch}) ${putOf(dtype, `(place * one + ${element}) * ${bytes}`)}`,
    '        }',
    '    }',
    '    return tensor',
    '}',
  ];
}

/** The inputs for Android: direct buffers in the order of the device, as interpreters take them. */
export function kotlinListing(model: string, inputs: readonly ListedInput[]): string {
  const pictures = inputs.some(({ picture }) => picture !== null);
  const files = inputs.some(({ picture }) => picture === null);
  const functions = inputs.map(({ name, form, dtype, npy, picture }, place) => [
    `/** ${inComment(name)}: ${form}, from ${picture === null ? npy : `${picture.file}, turned as its EXIF orientation says`} */`,
    ...(picture === null ? ['fun PLACE(file: File): ByteBuffer = elements(file)'] : pictureLines(picture, dtype)),
  ].map((line) => line.replace('PLACE', `input${place}`)).join('\n'));
  const imports = [
    ...(pictures ? ['android.graphics.Bitmap'] : []), ...(inputs.some(({ dtype, picture }) => picture !== null && dtype === 'float16') ? ['android.util.Half'] : []), ...(files ? ['java.io.File'] : []),
    'java.nio.ByteBuffer', 'java.nio.ByteOrder', ...(pictures ? ['kotlin.math.ceil', 'kotlin.math.floor', 'kotlin.math.max', 'kotlin.math.min'] : []),
  ];
  return [
    `// The inputs of ${inComment(model)} as Litescope filled them: hold your own buffers against these.`,
    ...imports.map((name) => `import ${name}`),
    ...(pictures ? [helpers] : []),
    ...(files ? [load] : []),
    ...functions.flatMap((text) => [text, '']),
  ].join('\n');
}
