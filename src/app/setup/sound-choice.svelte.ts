import type { Input, OpenModel } from '../../api';
import { outlineOf, type Outline } from '../../audio/page/outline';
import { windowSeconds } from '../../audio/shared/clip-window';
import type { SoundPreparation } from '../../audio/shared/preparation';
import { sampleSamples } from '../../audio/shared/sample-sounds';
import { writeWav } from '../../audio/shared/wav';
import { soundDefault } from '../../gallery/page/model-defaults';
import { setup as text } from '../../messages/setup';
import type { SoundInput } from '../../recognition/types';
import { elementCount } from '../../tensor/dtype';
import type { SignatureTensor } from '../../tflite/analysis/summary';
import type { SignatureChoice } from './signature-choice.svelte';

/** A sound that can be an input. */
export interface Sound {
  readonly blob: Blob;
  readonly name: string;
  /** Address for playing it on this page. */
  readonly url: string;
}

function soundOf(blob: Blob, name: string): Sound {
  return { blob, name, url: URL.createObjectURL(blob) };
}

let sample: Sound | null = null;

/** A tone, noise and a voice, made when the first model asks for sound. */
function sampleSound(): Sound {
  sample ??= soundOf(writeWav({ samples: sampleSamples(16_000), sampleRate: 16_000 }), text.sound.sample);
  return sample;
}

/** The sound of one input: which clip, what of it, and how it goes in. */
export class SoundChoice {
  readonly #tensor: SignatureTensor;
  readonly #model: OpenModel;
  readonly #signature: SignatureChoice;
  #sound = $state.raw<Sound | null>(null);
  #outline = $state.raw<{ readonly of: Sound; readonly is: Outline } | null>(null);
  #start_s = $state(0);
  #preparation = $state.raw<SoundPreparation | null>(null);

  constructor(tensor: SignatureTensor, model: OpenModel, signature: SignatureChoice) {
    this.#tensor = tensor;
    this.#model = model;
    this.#signature = signature;
  }

  /** How this input takes sound by default, and from where that is known; null where it does not look like one that does. */
  get default(): SoundInput | null {
    const sound = soundDefault(this.#model, this.#signature.signature?.key);
    return sound?.input === this.#tensor.name ? sound : null;
  }

  get preparation(): SoundPreparation | null {
    return this.#preparation ?? this.default?.preparation ?? null;
  }

  get isOwn(): boolean {
    return this.#preparation !== null;
  }

  get sound(): Sound {
    return this.#sound ?? sampleSound();
  }

  get isSample(): boolean {
    return this.#sound === null;
  }

  /** Null until the clip is decoded, and for one that cannot be. */
  get outline(): Outline | null {
    return this.#outline?.of === this.sound ? this.#outline.is : null;
  }

  /** Seconds of sound that go in at once; null where the features do not fill the input. */
  get window_s(): number | null {
    return this.preparation === null ? null : windowSeconds(this.preparation, elementCount(this.#signature.shapeOf(this.#tensor)));
  }

  get start_s(): number {
    return this.#start_s;
  }

  /** Whether the clip holds more than one window. */
  get isLong(): boolean {
    const { outline, window_s, preparation } = this;
    return outline !== null && window_s !== null && preparation !== null && outline.duration_s > window_s + preparation.hop_s / 2;
  }

  get input(): Input | null {
    const { preparation } = this;
    return preparation === null ? null : { kind: 'audio', clip: this.sound.blob, start_s: this.#start_s, preparation };
  }

  /** Null goes back to the sample. */
  choose(file: File | null): void {
    this.#sound = file === null ? null : soundOf(file, file.name);
    this.#start_s = 0;
  }

  moveTo(start_s: number): void {
    const latest = Math.max(0, (this.outline?.duration_s ?? Infinity) - (this.window_s ?? 0));
    this.#start_s = Math.min(Math.max(0, start_s), latest);
  }

  /** Null goes back to the model's own way. */
  prepare(preparation: SoundPreparation | null): void {
    this.#preparation = preparation;
  }

  /** Decodes the clip for its drawing and its length. @throws LitescopeError INVALID_AUDIO, FILE_UNREADABLE */
  async look(): Promise<void> {
    const { sound } = this;
    if (this.#outline?.of !== sound) this.#outline = { of: sound, is: await outlineOf(sound.blob) };
  }
}
