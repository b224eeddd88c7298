import { LitescopeError } from '../../errors';

/** WebM where the browser writes it; Safari writes MP4 only. */
const types = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4'];

function chosenType(): string | undefined {
  return typeof MediaRecorder === 'undefined' ? undefined : types.find((type) => MediaRecorder.isTypeSupported(type));
}

export function canRecord(): boolean {
  return chosenType() !== undefined;
}

/** Records a canvas from now on, with all that is drawn on it. The browser compresses off the main thread. */
export class Recorder {
  readonly #recorder: MediaRecorder;
  readonly #parts: Blob[] = [];
  readonly #stopped: Promise<void>;

  /** @throws LitescopeError INTERNAL when the browser refuses to record */
  constructor(canvas: HTMLCanvasElement) {
    try {
      const mimeType = chosenType();
      this.#recorder = new MediaRecorder(canvas.captureStream(), mimeType === undefined ? {} : { mimeType });
      this.#stopped = new Promise((resolve) => { this.#recorder.onstop = () => { resolve(); }; });
      this.#recorder.ondataavailable = ({ data }) => { this.#parts.push(data); };
      this.#recorder.start(1000);
    } catch (error) {
      throw LitescopeError.from(error);
    }
  }

  /** Ends the recording and gives it as a file. */
  async stop(): Promise<Blob> {
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    await this.#stopped;
    for (const track of this.#recorder.stream.getTracks()) track.stop();
    return new Blob(this.#parts, { type: this.#recorder.mimeType });
  }
}
