import { tfliteFormat as text } from '../../messages/tflite-format';

/**
 * The values of a tensor of strings. Its buffer holds, as little-endian int32, their number n, then n + 1 offsets from the
 * buffer's beginning (the last one is its end), then their bytes in UTF-8; so does tensorflow/lite/string_util.h.
 *
 * @returns what is wrong with the buffer, in words; null where every string lies in it, in order
 */
export function stringBufferProblem(data: Uint8Array): string | null {
  if (data.length === 0) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const count = data.length < 4 ? 0 : view.getInt32(0, true);
  const head = 4 * (count + 2);
  if (count < 0 || head > data.length) return text.tooManyStrings(count, data.length);
  let before = head;
  for (let index = 0; index <= count; index += 1) {
    const offset = view.getInt32(4 * (index + 1), true);
    if (offset < before || offset > data.length) return text.stringOutside(index, offset, before, data.length);
    before = offset;
  }
  return null;
}

/** How many strings there are in a buffer without problems. */
export function stringCount(data: Uint8Array): number {
  return data.length < 4 ? 0 : new DataView(data.buffer, data.byteOffset, data.byteLength).getInt32(0, true);
}
