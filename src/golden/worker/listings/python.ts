import { inComment, type ListedInput, type ListedPicture } from './listed-input';

const weights = `
def weights(size, target, scale, offset, area):
    """How much of each of \`size\` pixels is in each of \`target\`: a matrix. Rows outside of the picture are zeros, which is black."""
    matrix = np.zeros((target, size))
    for i in range(target):
        centre = (i + 0.5 - offset) / scale
        if not 0 <= centre <= size:
            continue
        if area and scale < 1:
            first, last = max((i - offset) / scale, 0), min((i + 1 - offset) / scale, size)
            for p in range(min(int(first), size - 1), min(math.ceil(last), size)):
                matrix[i, p] = (min(p + 1, last) - max(p, first)) / (last - first)
        else:
            at = min(max(centre - 0.5, 0), size - 1)
            p = int(at)
            matrix[i, p] += 1 - (at - p)
            matrix[i, min(p + 1, size - 1)] += at - p
    return matrix
`;

function pictureLines({ batch, height, width, channels, fit, resize, order, layout, mean, std, scale, zeroPoint, range, extra, file }: ListedPicture, dtype: string): string[] {
  const hasAlpha = channels === 4 && extra === null;
  const colour = channels === 4 ? 4 : 3;
  return [
    `def PLACE(path='${file}'):`,
    'DOC',
    `    picture = np.asarray(ImageOps.exif_transpose(Image.open(path)).convert('${hasAlpha ? 'RGBA' : 'RGB'}'), dtype=np.float64)`,
    '    height, width = picture.shape[:2]',
    ...(fit === 'stretch' ? [`    across, down = ${width} / width, ${height} / height`] : [`    across = down = ${fit === 'crop' ? 'max' : 'min'}(${width} / width, ${height} / height)  # ${fit}`]),
    `    area = ${resize === 'auto' ? 'min(across, down) < 0.5  # bilinear aliases where a picture shrinks a lot' : resize === 'area' ? 'True' : 'False'}`,
    `    columns = weights(width, ${width}, across, (${width} - width * across) / 2, area)`,
    `    rows = weights(height, ${height}, down, (${height} - height * down) / 2, area)`,
    `    pixels = np.einsum('yh,hwc,xw->yxc', rows, picture, columns, optimize=True)`,
    ...(order === 'gray' ? [
      '    red, green, blue = (pixels[..., c] for c in range(3))',
      '    gray = green + 0.299 * (red - green) + 0.114 * (blue - green)',
      hasAlpha ? '    pixels = np.stack([gray, gray, gray, pixels[..., 3]], axis=-1)' : `    pixels = np.stack([gray] * ${Math.min(channels, 3)}, axis=-1)`,
    ] : order === 'bgr' ? [`    pixels = pixels[..., [2, 1, 0${hasAlpha ? ', 3' : ''}]]`] : []),
    ...(colour === 4 && !hasAlpha ? [`    pixels = np.concatenate([pixels, np.zeros_like(pixels[..., :1])], axis=-1)`] : []),
    `    values = (pixels - np.array([${mean.join(', ')}])) * (1 / (np.array([${std.join(', ')}]) * ${scale}))`,
    ...(extra === null ? [] : [`    values[..., 3] = ${extra} / ${scale}`]),
    // NumPy rounds halves to even.
    ...(range === null ? [] : [`    values = np.clip(np.where(values < 0, -np.floor(0.5 - values), np.floor(values + 0.5)) + ${zeroPoint}, ${range[0]}, ${range[1]})`]),
    ...(layout === 'nchw' ? ['    values = values.transpose(2, 0, 1)'] : []),
    `    return np.stack([values] * ${batch}).astype(np.${dtype})`,
  ];
}

/** The inputs with NumPy and Pillow; run in the archive's folder it says how far they are from the saved ones. */
export function pythonListing(model: string, inputs: readonly ListedInput[]): string {
  const pictures = inputs.some(({ picture }) => picture !== null);
  const functions = inputs.map(({ name, form, dtype, npy, picture }, place) => {
    const doc = `    """${inComment(name)}: ${form}"""`;
    const lines = picture === null ? [`def PLACE(path='${npy}'):`, doc, '    return np.load(path)'] : pictureLines(picture, dtype);
    return lines.map((line) => line.replace('PLACE', `input_${place}`).replace(/^DOC$/, doc)).join('\n');
  });
  return [
    `"""The inputs of ${inComment(model)} as Litescope filled them.`,
    '',
    `Needs NumPy${pictures ? ' and Pillow' : ''}. Run in this folder it says how far each input is from the one that was saved: put your own`,
    `tensor in place of it to see where your app differs.${pictures ? ' Decoders of JPEG differ by some levels, those of PNG do not.' : ''}`,
    '"""',
    ...(pictures ? ['import math', '', 'import numpy as np', 'from PIL import Image, ImageOps', '', weights] : ['import numpy as np', '']),
    ...functions.flatMap((text) => ['', text, '']),
    '',
    'if __name__ == \'__main__\':',
    `    for tensor, file in [${inputs.map(({ npy }, place) => `(input_${place}(), '${npy}')`).join(', ')}]:`,
    '        saved = np.load(file)',
    '        apart = np.abs(tensor.reshape(saved.shape).astype(np.float64) - saved)',
    '        print(f\'{file}: {saved.dtype} {saved.shape}, at most {apart.max() if apart.size else 0:g} apart\')',
    '',
  ].join('\n');
}
