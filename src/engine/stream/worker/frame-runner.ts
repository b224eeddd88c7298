import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { tensorStatistics } from '../../../tensor/statistics';
import { bytesPerElement, viewOf } from '../../../tensor/values';
import { FrameImage } from '../../../vision/frames/worker/frame-image';
import { FramePainter } from '../../../vision/drawing/shared/frame-painter';
import { FrameReader, sizeOf } from '../../../vision/frames/worker/frame-reader';
import { placementFor, samePlacement } from '../../../vision/frames/shared/placement';
import { createPreprocessor } from '../../../vision/frames/worker/preprocess';
import { Smoother } from '../../../vision/smoothing/worker/smoothing';
import { tensorPicture, type TensorPicture } from '../../../vision/drawing/worker/tensor-picture';
import { pointFromRegion, type Region } from '../../../vision/shared/region';
import type { Decoded, Evidence, OutputTensor, Placement } from '../../../vision/shared/types';
import { decodeOutputs } from '../../../vision/decoders/worker/decode-outputs';
import { OutputReader } from '../../runtimes/worker/outputs';
import type { RuntimeTensor } from '../../runtimes/worker/runtime';
import type { FrameReply, FrameRequest, OutputFigures, StreamSettings } from '../shared/types';

/** What the session gives to its stream. */
export interface StreamModel {
  readonly inputs: readonly RuntimeTensor[];
  readonly outputs: readonly RuntimeTensor[];
  /** One run of the model; its outputs are there afterwards. */
  invoke(): Promise<unknown>;
  memoryBytes(): number;
}

/** Milliseconds since the epoch, the one clock that page and worker share. */
function epoch_ms(): number {
  return performance.timeOrigin + performance.now();
}

/** Takes the frames of a stream through the session's model, one at a time. */
export class FrameRunner {
  readonly #model: StreamModel;
  readonly #outputs: OutputReader;
  readonly #reader = new FrameReader();
  readonly #preprocess = createPreprocessor();
  readonly #image = new FrameImage();
  readonly #painter = new FramePainter();
  readonly #preview = new PreviewPainter();
  readonly #smoother = new Smoother();
  #settings: StreamSettings | null = null;
  #input: RuntimeTensor | null = null;
  #frames = 0;
  #placement: Placement | null = null;

  constructor(model: StreamModel) {
    this.#model = model;
    this.#outputs = new OutputReader(model.outputs);
  }

  /** How the frames that follow are treated. @throws LitescopeError INVALID_INPUT for an input that the model has not */
  configure(settings: StreamSettings): void {
    const input = this.#model.inputs.find(({ name }) => name === settings.input);
    if (input === undefined) throw new LitescopeError('INVALID_INPUT', text.noInput(settings.input));
    this.#settings = settings;
    this.#input = input;
  }

  /**
   * @param request its frame is closed, whatever happens
   * @returns the reply's picture, preview and mask are to be moved to the page
   * @throws LitescopeError INVALID_INPUT, INVALID_IMAGE, INVALID_QUANTIZATION, and what the model's run throws
   */
  async run({ frame, captured_ms, sent_ms, region }: FrameRequest): Promise<FrameReply> {
    const received_ms = epoch_ms();
    let extra_ms = 0;
    const beside = <T>(work: () => T): T => {
      const started = performance.now();
      const value = work();
      extra_ms += performance.now() - started;
      return value;
    };
    const clock = () => epoch_ms() - extra_ms;
    try {
      if (this.#settings === null || this.#input === null) throw new LitescopeError('INTERNAL', text.streamNotConfigured);
      const settings = this.#settings;
      const input = this.#input;
      const pixels = await this.#reader.read(frame);
      const { width, height } = sizeOf(frame);
      const seenAt = this.#preprocess(pixels.source, { ...input, view: viewOfTensor(input) }, settings.preprocessing, region);
      // Of a frame that is looked at by regions nothing is cut off.
      const placement = region === undefined ? seenAt : placementFor('letterbox', width, height, seenAt.targetWidth, seenAt.targetHeight);
      const preprocessed_ms = clock();
      // Before the run, during which a model may use its input's memory for something else.
      const seen = settings.preview ? beside(() => tensorPicture({ ...input, view: viewOfTensor(input) }, settings.preprocessing)) : null;
      await this.#model.invoke();
      const invoked_ms = clock();
      const outputs = this.#outputs.read();
      const { decoded, decodeError } = decodeOutputs(outputs, seenAt, settings, (evidence) => this.#smooth(region === undefined ? evidence : fromRegion(evidence, region, seenAt), placement, captured_ms));
      const decoded_ms = clock();
      const picture = await this.#painter.paint(await this.#image.of(frame, pixels), width, height, decoded, settings.drawing, placement);
      const drawn_ms = clock();
      const figures = decoded === null ? beside(() => outputs.map(figuresOf)) : [];
      const preview = seen === null ? null : beside(() => this.#preview.of(seen));
      return {
        number: ++this.#frames, picture, decoded, decodeError, outputs: figures, placement, preview, extra_ms, pixelPath: pixels.path,
        times: { captured_ms, sent_ms, received_ms, preprocessed_ms, invoked_ms, decoded_ms, drawn_ms },
        wasm_memory_bytes: this.#model.memoryBytes(),
      };
    } finally {
      frame.close();
    }
  }

  /** Frames of another size or fit have other places: nothing of earlier ones holds for them. */
  #smooth(evidence: Evidence, placement: Placement, captured_ms: number): Decoded {
    if (this.#placement === null || !samePlacement(this.#placement, placement)) this.#smoother.reset();
    this.#placement = placement;
    return this.#smoother.smooth(evidence, captured_ms, this.#settings?.smoothing ?? 0);
  }
}

/**
 * What was found in a region, in pixels of the frame.
 * @throws LitescopeError UNSUPPORTED_DECODER for boxes and maps, which are not read out of turned regions
 */
function fromRegion(evidence: Evidence, region: Region, { targetWidth, targetHeight }: Placement): Evidence {
  switch (evidence.kind) {
    case 'landmarks': {
      const place = (points: NonNullable<typeof evidence.auxiliary>) => points.map((point) => pointFromRegion(region, point, targetWidth, targetHeight));
      return { ...evidence, points: place(evidence.points), ...(evidence.auxiliary === undefined ? {} : { auxiliary: place(evidence.auxiliary) }) };
    }
    case 'class-scores':
    case 'text':
    case 'embedding': return evidence;
    default: throw new LitescopeError('UNSUPPORTED_DECODER', text.notFromRegions);
  }
}

/** A view taken afresh: the heap can grow. */
function viewOfTensor(tensor: RuntimeTensor) {
  const bytes = tensor.data();
  return viewOf(tensor.dtype, bytes.buffer, bytes.byteOffset, bytes.byteLength / bytesPerElement(tensor.dtype));
}

function figuresOf({ name, dtype, shape, quantization, data }: OutputTensor): OutputFigures {
  return { name, dtype, shape, quantization, statistics: tensorStatistics({ dtype, shape, quantization, data }) };
}

/** Makes bitmaps of what the model sees, on a canvas that it keeps. */
class PreviewPainter {
  readonly #canvas = new OffscreenCanvas(1, 1);

  of({ width, height, data }: TensorPicture): ImageBitmap {
    this.#canvas.width = width;
    this.#canvas.height = height;
    const context = this.#canvas.getContext('2d');
    if (context === null) throw new LitescopeError('INTERNAL', text.noCanvas);
    context.putImageData(new ImageData(data, width, height), 0, 0);
    return this.#canvas.transferToImageBitmap();
  }
}
