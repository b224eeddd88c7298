import { writeWav } from '../shared/wav';
import type { SoundSource } from './types';

/** Longer clips are files of their own. */
const longest_s = 120;

/** What a source gives until the recording is ended, as a WAV file. */
export class Recording {
  readonly #source: SoundSource;
  readonly #blocks: Float32Array<ArrayBuffer>[] = [];
  #length = 0;

  /** It owns the source. @param onFull is called when the recording has its greatest length */
  constructor(source: SoundSource, onFull: () => void) {
    this.#source = source;
    source.start({
      onBlock: ({ samples }) => {
        if (this.seconds >= longest_s) return;
        this.#blocks.push(samples);
        this.#length += samples.length;
        if (this.seconds >= longest_s) onFull();
      },
      onEnd: onFull,
    });
  }

  get seconds(): number {
    return this.#length / this.#source.sampleRate;
  }

  /** Turns the device off. @returns null where nothing was heard */
  end(name: string): File | null {
    this.#source.close();
    if (this.#length === 0) return null;
    const samples = new Float32Array(this.#length);
    let at = 0;
    for (const block of this.#blocks) {
      samples.set(block, at);
      at += block.length;
    }
    return new File([writeWav({ samples, sampleRate: this.#source.sampleRate })], name, { type: 'audio/wav' });
  }
}
