import type { ValueDType } from '../../../tensor/dtype';
import { inComment, type ListedInput, type ListedPicture } from './listed-input';

const arrays: Readonly<Record<ValueDType, string>> = {
  float32: 'Float32Array', float16: 'Float16Array', float64: 'Float64Array', int8: 'Int8Array', uint8: 'Uint8Array', int16: 'Int16Array', uint16: 'Uint16Array',
  int32: 'Int32Array', uint32: 'Uint32Array', int64: 'BigInt64Array', uint64: 'BigUint64Array', bool: 'Uint8Array',
};

const helpers = `
/** The pixels of a picture file, in a browser: { width, height, data } with RGBA bytes. */
export async function pixelsOf(file) {
  const bitmap = await createImageBitmap(file);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

/** For each of \`target\` pixels the pixels of the picture that are in it, with their shares; none outside of the picture, which is black. */
function weights(size, target, scale, offset, area) {
  return Array.from({ length: target }, (_, i) => {
    const centre = (i + 0.5 - offset) / scale;
    if (centre < 0 || centre > size) return [];
    if (area && scale < 1) {
      const [first, last] = [Math.max((i - offset) / scale, 0), Math.min((i + 1 - offset) / scale, size)];
      const start = Math.min(Math.floor(first), size - 1);
      return Array.from({ length: Math.max(Math.min(Math.ceil(last), size) - start, 1) }, (_, p) => [start + p, (Math.min(start + p + 1, last) - Math.max(start + p, first)) / (last - first)]);
    }
    const at = Math.min(Math.max(centre - 0.5, 0), size - 1);
    const p = Math.floor(at);
    return [[p, 1 - (at - p)], [Math.min(p + 1, size - 1), at - p]];
  });
}
`;

const load = `
/** The elements of a .npy file that Litescope wrote, from its ArrayBuffer. */
function elements(npy, ArrayType) {
  return new ArrayType(npy.slice(10 + new DataView(npy).getUint16(8, true)));
}
`;

/** The picture's channel, as it lies in the pixel \`sum\` of R, G, B and alpha, that a channel of the tensor takes. */
function sourceOf({ order, extra }: ListedPicture, channel: number): string {
  if (channel === 3) return extra === null ? 'sum[3]' : '0';
  if (order === 'gray') return 'gray';
  return `sum[${order === 'rgb' ? channel : 2 - channel}]`;
}

function pictureLines(picture: ListedPicture, dtype: ValueDType): string[] {
  const { batch, height, width, channels, fit, resize, order, layout, mean, std, scale, zeroPoint, range, extra } = picture;
  const values = Array.from({ length: channels }, (_, channel) => (channel === 3 && extra !== null ? `${extra} / ${scale}` : `(${sourceOf(picture, channel)} - ${mean[channel] ?? 0}) * (1 / (${std[channel] ?? 1} * ${scale}))`));
  const stored = range === null ? 'value' : `Math.min(Math.max((value < 0 ? -Math.floor(0.5 - value) : Math.floor(value + 0.5)) + ${zeroPoint}, ${range[0]}), ${range[1]})`;
  const at = layout === 'nhwc' ? `(y * ${width} + x) * ${channels} + c` : `(c * ${height} + y) * ${width} + x`;
  return [
    'export function PLACE({ width, height, data }) {',
    ...(fit === 'stretch' ? [`  const [across, down] = [${width} / width, ${height} / height];`] : [`  const across = Math.${fit === 'crop' ? 'max' : 'min'}(${width} / width, ${height} / height); // ${fit}`, '  const down = across;']),
    `  const area = ${resize === 'auto' ? 'Math.min(across, down) < 0.5; // bilinear aliases where a picture shrinks a lot' : `${resize === 'area'};`}`,
    `  const columns = weights(width, ${width}, across, (${width} - width * across) / 2, area);`,
    `  const rows = weights(height, ${height}, down, (${height} - height * down) / 2, area);`,
    `  const one = ${height} * ${width} * ${channels};`,
    `  const tensor = new ${arrays[dtype]}(${batch} * one);`,
    `  for (let y = 0; y < ${height}; y++) for (let x = 0; x < ${width}; x++) {`,
    '    const sum = [0, 0, 0, 0];',
    '    for (const [row, down] of rows[y]) for (const [column, across] of columns[x]) {',
    '      for (let c = 0; c < 4; c++) sum[c] += data[(row * width + column) * 4 + c] * down * across;',
    '    }',
    ...(order === 'gray' ? ['    const [red, green, blue] = sum;', '    const gray = green + 0.299 * (red - green) + 0.114 * (blue - green);'] : []),
    `    [${values.join(', ')}].forEach((value, c) => {`,
    `      tensor[${at}] = ${stored};`,
    '    });',
    '  }',
    ...(batch === 1 ? [] : [`  for (let place = 1; place < ${batch}; place++) tensor.copyWithin(place * one, 0, one);`]),
    '  return tensor;',
    '}',
  ];
}

/** The inputs without any library: from the pixels of a picture, or from the saved file. */
export function javascriptListing(model: string, inputs: readonly ListedInput[]): string {
  const functions = inputs.map(({ name, form, dtype, npy, picture }, place) => [
    `/** ${inComment(name)}: ${form}, from ${picture === null ? `the ArrayBuffer of ${npy}` : `the pixels of ${picture.file}`} */`,
    ...(picture === null ? ['export function PLACE(npy) {', `  return elements(npy, ${arrays[dtype]});`, '}'] : pictureLines(picture, dtype)),
  ].map((line) => line.replace('PLACE', `input${place}`)).join('\n'));
  return [
    `// The inputs of ${inComment(model)} as Litescope filled them: hold your own tensors against these.`,
    ...(inputs.some(({ picture }) => picture !== null) ? [helpers] : []),
    ...(inputs.some(({ picture }) => picture === null) ? [load] : []),
    ...functions.flatMap((text) => [text, '']),
  ].join('\n');
}
