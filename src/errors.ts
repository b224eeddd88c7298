/**
 * The one error class of Litescope. Every failure that a person can meet has a stable code here, a title
 * that a person understands and a hint that says what to do next; `details` carry what went wrong this time.
 */
const catalogue = {
  // Files and models
  EMPTY_FILE: ['The file is empty', 'Choose the file again; a download may have stopped before its first byte.'],
  NOT_TFLITE: ['This is not a TFLite model', 'Drop a file that a converter wrote with the ending .tflite.'],
  WRONG_IDENTIFIER: ['The file is a FlatBuffer, but not of TFLite', 'A TFLite model carries the identifier TFL3 at byte 4. Convert the model to .tflite first.'],
  UNSUPPORTED_SCHEMA_VERSION: ['This version of the TFLite format is not known', 'Litescope reads schema version 3. Convert the model again with a current converter.'],
  TRUNCATED: ['The file ends too early', 'Download or copy the file again, and compare its size with the original.'],
  CORRUPTED: ['The file is damaged', 'Download or copy the file again, and compare its SHA-256 with the original.'],
  INVALID_QUANTIZATION: ['The quantization of a tensor is invalid', 'Convert the model again; its scales and zero points contradict each other.'],
  MODEL_UNSOUND: ['The model contradicts itself and cannot be run or changed', 'Look at its graph and tensors here; to run it, convert it again.'],
  FILE_UNREADABLE: ['The file cannot be read', 'It may have been moved, changed or locked since it was chosen. Choose it again.'],
  HASH_MISMATCH: ['The file is not the one that was promised', 'Its SHA-256 differs from the expected one. Download it again, or from another place.'],
  DOWNLOAD_FAILED: ['The download failed', 'Check the address and the connection, then try again.'],
  NO_ANSWER: ['The other server did not answer, or keeps its file from this page', 'Open the address in a tab of its own. If the file comes, its server only forbids other pages to read it (CORS): save it and drop it here. If not, the address or the server is wrong.'],
  OFFLINE: ['This device is offline', 'Connect to a network and try again.'],
  INVALID_URL: ['This is not an address that can be opened', 'Use an address that starts with https:// or http://.'],
  INVALID_CATALOGUE: ['The list of models is invalid', 'models/catalog.json does not match its schema; rebuild or reinstall Litescope.'],
  UNKNOWN_GALLERY_MODEL: ['The gallery has no model of this name', 'Open one of the nearest, or choose from the gallery.'],
  UNKNOWN_MODEL: ['There is no such model', 'Open the model again; it may have been closed.'],
  INVALID_ARGUMENT: ['A call was given what it does not take', 'Correct what is named; the types of the automation API say what each call takes.'],
  // What runtimes refuse
  UNSUPPORTED_OP: ['The runtime does not have an op of this model', 'Convert the model without this op, or try another runtime where one is left.'],
  UNSUPPORTED_DTYPE: ['A tensor has a type that cannot be used here', 'Use another signature, or convert the model with numeric inputs and outputs.'],
  RUNTIME_LOAD_FAILED: ['The runtime could not be started', 'Reload the page. If it persists, the server may not send the runtime’s files.'],
  MODEL_REFUSED: ['The runtime refuses this model', 'Try another runtime; the reason given is its own.'],
  INVOKE_FAILED: ['The model failed while it ran', 'Try other inputs, another runtime or one thread.'],
  OUTPUT_NOT_WRITTEN: ['The runtime reported success but wrote no result', 'Do not trust this runtime with this model; try another one.'],
  OUT_OF_MEMORY: ['There is not enough memory', 'Close other models and tabs, or use a smaller model or fewer threads.'],
  NO_RUNTIME: ['No runtime on this device runs this model', 'Each attempt says what it lacks: rewrite the model under “Compare & shrink”, or convert it again.'],
  SESSION_HUNG: ['The session did not answer any more and was ended', 'Run again with one thread, with another runtime, or with a longer limit.'],
  SESSION_CRASHED: ['The session crashed and was ended', 'Run again, with other settings if it happens again. The page and other models are not affected.'],
  SESSION_CLOSED: ['The session was closed', 'Run the model again to start a new session.'],
  CANCELLED: ['Cancelled', 'Nothing was changed. Start again whenever you like.'],
  // What the device or the page lacks
  NOT_ISOLATED: ['Threads are off because the page is not cross-origin isolated', 'Serve the page with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.'],
  NO_SHARED_MEMORY: ['Threads are off because this browser makes no shared memory', 'Use a browser that gives SharedArrayBuffer to isolated pages; nothing on this page or its host is in the way.'],
  HOST_DROPS_HEADERS: ['This host leaves its isolation headers off some answers', 'Send Cross-Origin-Embedder-Policy: require-corp with every answer, 304 too.'],
  NO_SIMD: ['This browser has no WebAssembly SIMD', 'Use a current browser; without SIMD models run several times slower or not at all.'],
  NO_WEBGPU: ['WebGPU is not available', 'Use a browser with WebGPU and a supported graphics driver, or choose WebAssembly.'],
  NO_WEBNN: ['WebNN is not available', 'Use a browser with WebNN switched on, or choose WebAssembly.'],
  // Inputs and outputs
  INVALID_CONFIGURATION: ['These settings do not fit together', 'Choose another runtime, accelerator or number of threads.'],
  INVALID_SHAPE: ['The shape does not fit the model', 'Give every free dimension a whole number of at least 1.'],
  INVALID_INPUT: ['The input does not fit the tensor', 'Choose a picture, a file or other values, as many of the tensor’s type as its shape holds.'],
  INVALID_NPY: ['This is not a readable .npy file', 'Save the array again with numpy.save, as a numeric type.'],
  INVALID_IMAGE: ['The picture cannot be read', 'Use a JPEG, PNG, WebP, GIF, BMP or AVIF picture.'],
  NO_SAMPLES: ['There is nothing to compare on', 'Choose pictures or .npy files, a folder with some, or go back to the input that is set up.'],
  INVALID_LABELS: ['The labels do not fit the model', 'Use a text file with one label a line, as many as the model has classes.'],
  CROSS_CHECK_IMPOSSIBLE: ['Fewer than two runtimes run this model', 'Two opinions are needed to compare. Rewrite or convert what the runtimes lack; each one’s reason is given.'],
  NOTHING_IN_COMMON: ['These models have no layer in common', 'Compare a model with a variant of itself: tensors belong together by name, or by the place of ops of the same kind.'],
  INVALID_SLICE: ['This part cannot be cut out of the model', 'Choose tensors of one subgraph, and among the inputs all that the outputs are computed from.'],
  INVALID_RECIPE: ['This is not a recipe that can be followed', 'Use AI Edge Quantizer’s JSON form, a list of rules with regex, operation and op_config, or choose one of the recipes here.'],
  OUTPUTS_DIFFER: ['The variant computes something else', 'Do not ship it. Look at which output differs and where; keep more layers in float, calibrate with more samples, or leave out a pass.'],
  INVALID_OVERLAY: ['This is not a file with numbers for ops', 'Use node data of Model Explorer or an attachment of Netron, both JSON.'],
  OVERLAY_MISMATCH: ['The numbers belong to another model', 'Open the model that they were taken from, or take them from this one.'],
  UNSUPPORTED_DECODER: ['The outputs do not have the form that this task expects', 'Look at the tensors instead, or choose another decoder.'],
  INVALID_REPORT: ['This is not a report that can be read', 'Save it again, or copy the whole link again. A report of a newer Litescope needs a newer Litescope.'],
  INVALID_LINK: ['This link carries no report that can be read', 'Copy the whole link again: chats and mails may have cut or changed it.'],
  UNKNOWN_LINK_VERSION: ['This link was made by a newer Litescope', 'Reload the page to get the newest version, or ask for the report as a JSON file.'],
  LINK_TOO_LONG: ['The report is too long for a link', 'Send it as a JSON file instead.'],
  STORAGE_REFUSED: ['This browser keeps nothing for this page', 'Runs stay here until the page is left; download them before. A private window or blocked site data may be the reason.'],
  STORAGE_FULL: ['There is no more room in this browser', 'What is not kept stays here until the page is left; download it before, or clear what you do not need under “Kept on this device” at the foot of the page.'],
  // Cameras, screens and videos
  CAMERA_DENIED: ['The camera may not be used', 'Allow the camera for this page in the browser and in the system’s settings, then try again. Videos, pictures and the screen stay available.'],
  NO_CAMERA: ['There is no such camera', 'Connect a camera or choose another one, or use a video, a picture or the screen.'],
  CAMERA_BUSY: ['The camera does not start', 'Another program or tab may be using it. Close that one and try again, or choose another camera.'],
  SCREEN_REFUSED: ['The screen is not shared', 'Choose a screen, a window or a tab when the browser asks, and allow screen recording in the system’s settings.'],
  SOURCE_LOST: ['The source has stopped', 'Connect the camera or share the screen again, or choose another source.'],
  INVALID_VIDEO: ['The video cannot be played', 'Use a video that this browser plays, such as MP4 with H.264 or WebM with VP9.'],
  NO_CAPTURE: ['This page cannot capture here', 'Open it with https:// or on localhost, in a current browser. Phones do not share their screen.'],
  // What should not happen
  INTERNAL: ['Something went wrong inside Litescope', 'Reload the page. Please report it with its details.'],
} as const satisfies Record<string, readonly [title: string, hint: string]>;

export type ErrorCode = keyof typeof catalogue;

/** All codes, for documentation and tests. */
export const errorCodes = Object.keys(catalogue) as ErrorCode[];

/** A {@link LitescopeError} in the form that crosses a worker boundary or goes into a report. */
export interface SerializedError {
  readonly code: ErrorCode;
  readonly title: string;
  readonly hint: string;
  readonly details: string;
  /** Where in the model: `subgraph 0, op 12, CONV_2D, input 1`. */
  readonly place?: string;
  /** What earlier attempts said, in order, when several were made. */
  readonly attempts?: readonly SerializedError[];
}

export class LitescopeError extends Error {
  readonly code: ErrorCode;
  readonly title: string;
  readonly hint: string;
  readonly details: string;
  readonly place: string | undefined;
  readonly attempts: readonly SerializedError[] | undefined;

  /**
   * @param code stable code; title and hint follow from it
   * @param details what went wrong this time, one sentence
   */
  constructor(code: ErrorCode, details = '', more: { place?: string | undefined; attempts?: readonly SerializedError[] | undefined; cause?: unknown } = {}) {
    const [title, hint] = catalogue[code];
    super(details === '' ? title : `${title}: ${details}`, { cause: more.cause });
    this.name = 'LitescopeError';
    this.code = code;
    this.title = title;
    this.hint = hint;
    this.details = details;
    this.place = more.place;
    this.attempts = more.attempts;
  }

  /** The form that structured clone keeps whole (class and causes do not survive it). */
  serialize(): SerializedError {
    return {
      code: this.code,
      title: this.title,
      hint: this.hint,
      details: this.details,
      ...(this.place === undefined ? {} : { place: this.place }),
      ...(this.attempts === undefined ? {} : { attempts: this.attempts }),
    };
  }

  static deserialize(error: SerializedError): LitescopeError {
    return new LitescopeError(error.code, error.details, { place: error.place, attempts: error.attempts });
  }

  /** Keeps typed errors as they are and wraps anything else under `code`, with its message as details. */
  static from(error: unknown, code: ErrorCode = 'INTERNAL'): LitescopeError {
    if (error instanceof LitescopeError) return error;
    if (error instanceof Error) return new LitescopeError(code, error.message, { cause: error });
    return new LitescopeError(code, String(error), { cause: error });
  }
}
