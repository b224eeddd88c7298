/** What the gallery's models are called and do, why one could not be had, and where one comes from. */
export const gallery = {
  /** As `models/catalog.json` has them, and `results` as `src/app/start/result-pictures.json` does; a test holds them together. */
  models: {
    'face-detection-short-range': { title: 'Face detection, short range', description: 'Finds faces within about two metres of the camera, each with six key points.' },
    'face-detection-full-range': { title: 'Face detection, full range', description: 'Finds faces within about five metres of the camera, each with six key points.' },
    'face-detection-full-range-sparse': { title: 'Face detection, full range, sparse', description: 'The full-range face detector with most of its weights set to zero, for runtimes that skip zeros.' },
    'selfie-segmentation': { title: 'Selfie segmentation', description: 'Separates a person near the camera from the background, in square pictures.' },
    'selfie-segmentation-landscape': { title: 'Selfie segmentation, landscape', description: 'Separates a person near the camera from the background, in wide pictures and with less work.' },
    'hand-landmarks-lite': { title: 'Hand landmarks, lite', description: 'Finds 21 points of a hand that fills most of the picture, the faster of two sizes.' },
    'hand-landmarks-full': { title: 'Hand landmarks, full', description: 'Finds 21 points of a hand that fills most of the picture, the more accurate of two sizes.' },
    'pose-landmarks-lite': { title: 'Pose landmarks, lite', description: 'Finds 33 points of a body that fills most of the picture, the fastest of three sizes.' },
    'pose-landmarks-full': { title: 'Pose landmarks, full', description: 'Finds 33 points of a body that fills most of the picture, the middle of three sizes.' },
    'pose-landmarks-heavy': { title: 'Pose landmarks, heavy', description: 'Finds 33 points of a body that fills most of the picture, the most accurate of three sizes.' },
    digits: { title: 'Digits', description: 'Tells which digit was drawn, by a network that this project trained.' },
    'digits-int8': { title: 'Digits, int8', description: 'The digit classifier with weights and activations of 8 bits, quantized by this project.' },
  },
  tasks: {
    'face detection': 'face detection',
    'selfie segmentation': 'selfie segmentation',
    'hand landmarks': 'hand landmarks',
    'pose landmarks': 'pose landmarks',
    'handwritten digits': 'handwritten digits',
  },
  /** What a model made of its sample. */
  results: {
    'face-detection-short-range': '1 face found',
    'face-detection-full-range': '1 face found',
    'face-detection-full-range-sparse': '1 face found',
    'selfie-segmentation': 'Mask of 256 × 256 pixels',
    'selfie-segmentation-landscape': 'Mask of 256 × 144 pixels',
    'hand-landmarks-lite': '21 landmarks, score 98.7 %',
    'hand-landmarks-full': '21 landmarks, score 98.4 %',
    'pose-landmarks-lite': '33 landmarks, score 100.0 %',
    'pose-landmarks-full': '33 landmarks, score 100.0 %',
    'pose-landmarks-heavy': '33 landmarks, score 100.0 %',
    digits: '7, 99.0 %',
    'digits-int8': '7, 98.8 %',
  },
  samples: {
    'Sample photo': 'Sample photo',
    'Sample hand': 'Sample hand',
    'Sample body': 'Sample body',
    'Sample digit': 'Sample digit',
  },
  /** What one input of a test set is called, with its number behind it. */
  testInputs: {
    digit: 'digit',
  },
  ofThisProject: (version: string) => `this project, version ${version}`,

  noPicture: 'No input of this model looks like a picture, so that it cannot take frames.',
  ofGallery: 'This very file is one of the gallery’s.',
  byForm: 'Its outputs have the form of such results; nothing else says so.',
  otherCount: (labels: number, samples: number) => `There are ${labels} labels for ${samples} samples.`,
  holdsModels: (names: readonly string[]) => `It holds ${names.join(', ')}.`,
  noMember: (member: string, names: readonly string[]) => `The bundle has no ${member}; it holds ${names.join(', ')}.`,
  damagedMember: (name: string) => `${name} does not unpack to what the archive states`,
  unexpectedHash: (expected: string, got: string, bytes: number) => `Expected ${expected}, got ${got} (${bytes} bytes).`,

  // Downloads
  answered: (host: string, status: string) => `${host} answered ${status}.`,
  reasonAndAddress: (reason: string, address: string) => `${reason} (${address})`,
  mixedContent: (address: string) => `A page with https:// may not read ${address}, which has http://.`,
  unsupportedProtocol: (protocol: string) => `${protocol} is not supported.`,
  hasPassword: 'It contains a user name or password.',
  largerThan: (bytes: number) => `The file is larger than ${bytes} bytes.`,

  // The catalogue
  theCatalogue: 'the catalogue',
  idForm: 'must be lower case words joined by hyphens',
  fileForm: 'must be a plain file name that ends with .tflite',
  digestForm: 'must be 64 lower case hexadecimal digits',
  idTwice: 'must not use an id twice',
  fileTwice: 'must not use a file name twice',
};
