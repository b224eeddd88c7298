import { formatCount } from '../format';
import { counted } from './counted';

/** What a model is given, what it runs on and how its outputs are read. */
export const setup = {
  heading: 'Input and configuration',
  byItself: 'Run models when they are opened',

  signature: {
    label: 'Signature',
    unnamed: (number: number) => `signature ${number}`,
    /** What is marked is the input. */
    size: (input: string) => `Size of <input>${input}</input>, free dimensions are yours to choose`,
    dimension: (input: string, axis: number) => `${input}, dimension ${axis}`,
  },

  input: {
    label: 'Input',
    kinds: { image: 'Picture', random: 'Random', zeros: 'Zeros', file: 'File' },
    picture: (name: string) => `Input: ${name}`,
    noPicture: 'No picture yet',
    choose: 'Choose…',
    sample: 'Sample',
    dropHint: 'or drop or paste one',
    seed: 'Seed',
    from: 'From',
    to: 'To',
    files: '.npy, or raw little-endian elements (.bin)',
    file: (name: string, size: string) => `${name}, ${size}`,
    noPictureChosen: (input: string) => `Input “${input}” has no picture yet. Choose one.`,
    noFileChosen: (input: string) => `Input “${input}” has no file yet. Choose one.`,
    samples: { photo: 'Sample photo', digit: 'Sample digit', hand: 'Sample hand', body: 'Sample body' },
  },

  /** What goes into a run. */
  inputs: {
    noPicture: 'a picture that is still to be chosen',
    noFile: 'a file that is still to be chosen',
    random: (seed: number) => `random values, seed ${seed}`,
    zeros: 'zeros',
    none: 'no input',
    several: (inputs: readonly { readonly what: string; readonly name: string }[]) => inputs.map(({ what, name }) => `${what} as “${name}”`).join(', ').replace(/, (?=[^,]*$)/, ' and '),
  },

  drawing: {
    label: 'Drawing pad: draw with the pointer, or with the arrow keys and Space',
    pen: (down: boolean, column: number, row: number, places: number) => `Pen ${down ? 'down' : 'lifted'}, column ${column} of ${places}, row ${row} of ${places}`,
    hint: 'Draw here',
    clear: 'Clear',
    impossible: 'There is nothing to draw with.',
  },

  preprocessing: {
    summary: (fit: 'crop' | 'letterbox' | 'stretch', channels: 'rgb' | 'bgr' | 'gray', values: string | null) => `Preprocessing: ${fit}, ${channels}, ${values ?? 'pixel values'}`,
    formula: (mean: string, std: string) => `(pixel − ${mean}) ÷ ${std}`,
    fields: { fit: 'Fit', resize: 'Resize', channels: 'Channels', layout: 'Layout' },
    fit: { crop: 'Crop to fill', letterbox: 'Letterbox', stretch: 'Stretch' },
    resize: { auto: 'Automatic', bilinear: 'Bilinear', area: 'Area average' },
    channels: { rgb: 'RGB', bgr: 'BGR', gray: 'Grey' },
    layout: { nhwc: 'NHWC', nchw: 'NCHW' },
    values: 'Values',
    normalise: 'Normalised: (pixel − mean) ÷ std',
    pixels: 'The pixels themselves',
    mean: 'Mean, one or one a channel',
    std: 'Std, one or one a channel',
    back: 'Back to the model’s defaults',
  },

  decoding: {
    label: 'Show the outputs as',
    automatic: (task: string) => `Automatic: ${task}`,
    noTask: 'tensors only',
    none: 'Tensors only',
    presets: {
      classification: 'Classes, best 5',
      'face-short-range': 'Face detection, short range',
      'face-full-range': 'Face detection, full range',
      'selfie-segmentation': 'Selfie segmentation',
      'hand-landmarks': 'Hand landmarks',
      'pose-landmarks': 'Pose landmarks',
      'object-detection': 'Objects in boxes (SSD)',
      'yolo-v8': 'Objects in boxes (YOLO v8, v9, 11, 12)',
      'yolo-v5': 'Objects in boxes (YOLO v5, v7)',
      'yolo-final': 'Objects in boxes (YOLO v10, 26, NMS built in)',
      'yolo-pose': 'Body key points (YOLO)',
      'yolo-oriented': 'Oriented boxes (YOLO)',
      'key-points': 'Body key points (MoveNet)',
      segmentation: 'Segmentation map',
      image: 'Picture',
    },
    tasks: {
      classification: 'classes',
      'face-detection': 'faces',
      'selfie-segmentation': 'person mask',
      'hand-landmarks': 'hand landmarks',
      'pose-landmarks': 'pose landmarks',
      'object-detection': 'objects',
      'yolo-detection': 'objects',
      'yolo-pose': 'body key points',
      'yolo-oriented': 'oriented boxes',
      'key-points': 'body key points',
      segmentation: 'segmentation map',
      image: 'picture',
    },
  },

  labels: {
    own: (file: string, labels: number) => `${file}, ${counted(labels, 'label')}`,
    forget: 'Forget',
    open: 'Labels file…',
    form: 'one a line, .txt or .csv',
    ofModel: (labels: number) => `the model brings ${counted(labels, 'label')}`,
    question: (lines: number, file: string, model: string) => `Use the ${counted(lines, 'line')} of ${file} as labels of ${model}?`,
    first: (labels: readonly string[], more: boolean) => `${labels.join(', ')}${more ? ', …' : ''}`,
    use: 'Use',
    not: 'Not',
    used: (file: string) => `${file} gives the labels now.`,
    noClasses: (file: string, task: string) => `${file} names nothing here: the outputs are shown as ${task}, which are no classes.`,
    tooLarge: (file: string) => `${file} is too large for a list of labels.`,
    noText: (file: string) => `${file} is no text.`,
    empty: (file: string) => `${file} holds no label.`,
    ofFiles: (file: string) => `${file} is a table of files: choose it under “Compare & shrink”, together with the files that it names.`,
    unfit: (file: string, lines: number, classes: readonly number[]) => `${file} has ${counted(lines, 'line')}, and the model tells ${classes.map(formatCount).join(' or ')} classes apart.`,
  },

  runtime: {
    label: 'Runtime',
    accelerator: 'Accelerator',
    threads: 'Threads',
    auto: 'Auto',
    unavailable: (accelerator: string) => `${accelerator}, not available`,
    kernels: 'The graph op by op on TensorFlow.js’ kernels: slow, but a third opinion on how the others fuse, fold and delegate it, and the only runtime that hands out every tensor on the way: select one in Graph or Ops. On WebAssembly its float arithmetic is XNNPACK’s as well; in plain JavaScript it is not.',
    noThreads: (title: string, hint: string) => `${title}. ${hint}`,
    more: 'More settings',
    watchdog: 'End a session that shows no sign of life after, seconds (0 for never)',
    off: (accelerator: string, reason: string) => `${accelerator} is off: ${reason}`,
  },

  values: {
    question: (file: string) => `Which input is ${file} for?`,
    none: 'None of them',
  },
};
