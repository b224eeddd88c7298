import { windowSeconds } from '../../../audio/shared/clip-window';
import { assertFeatures } from '../../../audio/shared/preparation';
import { Resampler } from '../../../audio/shared/resampler';
import { SoundWindows, type SoundWindow } from '../../../audio/shared/sound-windows';
import { readWav } from '../../../audio/shared/wav';
import { writeSound } from '../../../audio/shared/write-sound';
import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { elementCount } from '../../../tensor/dtype';
import { encodeReals } from '../../../tensor/encode';
import { readBytes } from '../../../tensor/read-file';
import { bytesPerElement, viewOf } from '../../../tensor/values';
import type { Call } from '../../../threads/shared/methods';
import { conclude } from '../../../vision/decoders/worker';
import { decodeOutputs } from '../../../vision/decoders/worker/decode-outputs';
import type { SessionProgress } from '../../configuration/shared/progress';
import { OutputReader } from '../../runtimes/worker/outputs';
import type { RuntimeTensor } from '../../runtimes/worker/runtime';
import { asksForRate } from '../shared/sample-rate';
import type { HeardClip, HeardReply, HeardWindow, HearRequest, ListenRequest, SoundSettings } from '../shared/sound';

/** What the session gives to its stream. */
export interface HearingModel {
  readonly inputs: readonly RuntimeTensor[];
  readonly outputs: readonly RuntimeTensor[];
  /** One run of the model. @returns milliseconds around invoke alone */
  invoke(): Promise<number>;
}

interface Configured {
  readonly settings: SoundSettings;
  readonly input: RuntimeTensor;
  readonly windows: SoundWindows;
}

/** Milliseconds after which a clip's reader looks whether it is still wanted. */
const longestTurn_ms = 40;

/** Takes sound through the session's model, window after window. */
export class SoundRunner {
  readonly #model: HearingModel;
  readonly #outputs: OutputReader;
  #configured: Configured | null = null;
  #resampler: { readonly from: number; readonly by: Resampler } | null = null;

  constructor(model: HearingModel) {
    this.#model = model;
    this.#outputs = new OutputReader(model.outputs);
  }

  /** How the sound that follows is treated; it begins anew. @throws LitescopeError INVALID_INPUT for an input that the model has not, or that the features do not fill */
  configure(settings: SoundSettings): void {
    const input = this.#model.inputs.find(({ name }) => name === settings.input);
    if (input === undefined) throw new LitescopeError('INVALID_INPUT', text.noInput(settings.input));
    const elements = elementCount(input.shape);
    assertFeatures(input.name, settings.preparation.features, elements);
    this.#configured = { settings, input, windows: new SoundWindows(settings.preparation, elements) };
    this.#resampler = null;
  }

  /** The next samples of a stream. @throws LitescopeError what the model's run throws */
  async hear({ samples, sampleRate, mostWaiting }: HearRequest): Promise<HeardReply> {
    const { windows } = this.#ready;
    const started = performance.now();
    this.#push(samples, sampleRate);
    let dropped = 0;
    for (; windows.ready > mostWaiting; dropped++) windows.next();
    const heard: HeardWindow[] = [];
    let preparing = performance.now() - started;
    while (windows.ready > 0) {
      heard.push(await this.#run(preparing));
      preparing = 0;
    }
    return { windows: heard, dropped };
  }

  /** A whole clip, and silence until its end was heard. @throws LitescopeError INVALID_AUDIO, FILE_UNREADABLE, CANCELLED, and what `configure` and the model's run throw */
  async listen({ clip, settings }: ListenRequest, { report, interrupted }: Call<SessionProgress>): Promise<HeardClip> {
    const { samples, sampleRate } = readWav(await readBytes(clip));
    this.configure(settings);
    const { windows, input } = this.#ready;
    const rate = settings.preparation.sampleRate;
    const duration_s = samples.length / sampleRate;
    const heard: HeardWindow[] = [];
    let turn = performance.now();
    for (let at = 0; (heard.at(-1)?.end_s ?? 0) + 0.5 / rate < duration_s; at += sampleRate) {
      if (at < samples.length) this.#push(samples.subarray(at, at + sampleRate), sampleRate);
      else windows.push(this.#resampler?.by.flush() ?? new Float32Array(0));
      if (at >= samples.length) {
        this.#resampler = null;
        windows.push(new Float32Array(rate));
      }
      while (windows.ready > 0 && (heard.at(-1)?.end_s ?? 0) + 0.5 / rate < duration_s) {
        heard.push(await this.#run(0));
        if (performance.now() - turn < longestTurn_ms) continue;
        report({ kind: 'listen', heard_s: heard.at(-1)?.end_s ?? 0, duration_s });
        if (await interrupted()) throw new LitescopeError('CANCELLED');
        turn = performance.now();
      }
    }
    return { windows: heard, duration_s, window_s: windowSeconds(settings.preparation, elementCount(input.shape)) ?? 0, hop_s: windows.hop / rate };
  }

  get #ready(): Configured {
    if (this.#configured === null) throw new LitescopeError('INTERNAL', text.streamNotConfigured);
    return this.#configured;
  }

  #push(samples: Float32Array, sampleRate: number): void {
    const { settings: { preparation }, windows } = this.#ready;
    if (this.#resampler?.from !== sampleRate) this.#resampler = { from: sampleRate, by: new Resampler(sampleRate, preparation.sampleRate) };
    windows.push(this.#resampler.by.push(samples));
  }

  /** @param before_ms what was done for the window before */
  async #run(before_ms: number): Promise<HeardWindow> {
    const { settings, input, windows } = this.#ready;
    const started = performance.now();
    const { values, end } = windows.next() as SoundWindow;
    writeSound({ ...input, view: viewOfTensor(input) }, settings.preparation.features, values);
    // A model may have used its inputs' memory for something else.
    for (const tensor of this.#model.inputs) {
      if (tensor !== input && asksForRate(tensor)) encodeReals(viewOfTensor(tensor), tensor.dtype, tensor.quantization, tensor.shape, () => settings.preparation.sampleRate);
    }
    const prepare_ms = before_ms + performance.now() - started;
    const invoke_ms = await this.#model.invoke();
    const decodeFrom = performance.now();
    let scores: Float32Array<ArrayBuffer> | null = null;
    const { decoded, decodeError } = decodeOutputs(this.#outputs.read(), null, settings, (evidence) => {
      if (evidence.kind === 'class-scores') scores = Float32Array.from(evidence.scores);
      return conclude(evidence);
    });
    return { end_s: end / settings.preparation.sampleRate, decoded, decodeError, scores, prepare_ms, invoke_ms, decode_ms: performance.now() - decodeFrom };
  }
}

/** A view taken afresh: the heap can grow. */
function viewOfTensor(tensor: RuntimeTensor) {
  const bytes = tensor.data();
  return viewOf(tensor.dtype, bytes.buffer, bytes.byteOffset, bytes.byteLength / bytesPerElement(tensor.dtype));
}
