import type { Input } from '../../api';
import { LitescopeError } from '../../errors';
import { variants as text } from '../../messages/variants';
import { npySamples } from '../../tensor/npy';
import { makeInTurns } from '../../threads/shared/in-turns';
import { grabStills } from '../../vision/sources/page/stills';
import type { FrameSource } from '../../vision/sources/page/types';
import { readText } from '../../tensor/read-file';
import { fileKind, isTable } from '../files/file-kinds';
import { tableFor, takesRows } from '../rows/take-rows';
import type { InputChoices } from '../setup/input-choices.svelte';

type Inputs = Pick<InputChoices, 'list' | 'fillsIn'>;

/** What is given to one input in one run; the others get what is set up for them. */
export type Sample = { readonly name: string } & (
  | { readonly kind: 'image' | 'npy' | 'random'; readonly blob: Blob }
  /** Of a clip, where its window begins, in seconds. */
  | { readonly kind: 'audio'; readonly blob: Blob; readonly start_s: number }
  /** Of a table, or a sentence: all inputs of a run. */
  | { readonly kind: 'row'; readonly inputs: Readonly<Record<string, Input>> }
);

/** Pictures of a camera or a video are this far apart, in milliseconds, so that they differ. */
const apart_ms = 200;

/** Inputs that a model is run on again and again: pictures, frames, windows of clips, arrays. Files are kept by reference, not read. */
export class SampleSet {
  #samples = $state.raw<readonly Sample[]>([]);
  /** Frames that are wanted of a source that runs, and what stops it. */
  #grabbing = $state.raw<{ readonly wanted: number; readonly controller: AbortController } | null>(null);
  #ignored = $state.raw<readonly string[]>([]);

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  /** How many frames are awaited; null while no source runs. */
  get awaited(): number | null {
    return this.#grabbing?.wanted ?? null;
  }

  /** Names of files that are neither pictures nor clips nor arrays. */
  get ignored(): readonly string[] {
    return this.#ignored;
  }

  /**
   * Adds pictures, windows of clips that follow each other, the samples of `.npy` arrays, rows of tables and sentences of texts.
   * @throws LitescopeError INVALID_NPY, INVALID_INPUT, INVALID_TABLE, NOT_A_NUMBER, INVALID_AUDIO for what does not fit; what fitted before is kept
   */
  async addFiles(files: readonly File[], inputs: Inputs & Pick<InputChoices, 'worded'>): Promise<void> {
    this.#ignored = [];
    // In the same order in every language, for moving averages depend on it.
    for (const file of [...files].sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }))) {
      const kind = fileKind(file);
      if (kind === 'picture') this.#add([{ name: file.name, kind: 'image', blob: file }]);
      else if (kind === 'sound' && soundInput(inputs) !== null) this.#add(await clipSamples(file, inputs));
      else if (kind === 'npy') this.#add(await arraySamples(file, inputs));
      else if (kind === 'labels' && takesRows(inputs)) {
        const { rows } = tableFor(await readText(file), inputs, isTable(file));
        this.#add(rows.map(({ name, inputs: given }): Sample => ({ name: text.samples.part(file.name, name), kind: 'row', inputs: given })));
      }
      else this.#ignored = [...this.#ignored, file.name];
    }
  }

  /**
   * Adds frames of a source, which is closed afterwards.
   * @throws LitescopeError what ends the source
   */
  async addFrames(source: FrameSource, wanted: number): Promise<void> {
    const controller = new AbortController();
    this.#grabbing = { wanted, controller };
    let taken = 0;
    try {
      await grabStills(source, { count: wanted, apart_ms, signal: controller.signal }, (blob) => {
        taken += 1;
        this.#add([{ name: text.samples.frame(source.name, taken), kind: 'image', blob }]);
      });
    } finally {
      this.#grabbing = null;
    }
  }

  /** Ends the source; what it gave so far stays. */
  stop(): void {
    this.#grabbing?.controller.abort();
  }

  /** Adds made-up values, each of another seed. */
  addRandom(count: number): void {
    const known = this.#samples.filter(({ kind }) => kind === 'random').length;
    this.#add(Array.from({ length: count }, (_, index): Sample => ({ name: text.samples.randomName(known + index + 1), kind: 'random', blob: new Blob() })));
  }

  clear(): void {
    this.stop();
    this.#samples = [];
    this.#ignored = [];
  }

  /**
   * What to run on, a record for each sample, pictures by the input's own preprocessing.
   * @throws LitescopeError INVALID_INPUT where an input that the sample says nothing of has no values, or none takes pictures
   */
  sources(inputs: Inputs): readonly Readonly<Record<string, Input>>[] {
    return this.#samples.map((sample, index) => {
      switch (sample.kind) {
        case 'image': return { ...others(inputs, imageInput(inputs)?.tensor.name), ...pictureInput(sample, inputs) };
        case 'audio': return { ...others(inputs, soundInput(inputs)?.tensor.name), ...clipInput(sample, inputs) };
        case 'npy': {
          const name = arrayInput(sample.name, inputs)?.tensor.name ?? '';
          return { ...others(inputs, name), [name]: { kind: 'file', file: sample.blob, format: 'npy' } };
        }
        case 'row': return sample.inputs;
        case 'random': return Object.fromEntries(inputs.list.map(({ tensor, range }, position) => [tensor.name, { ...range, kind: 'random', seed: 1 + index * inputs.list.length + position }]));
      }
    });
  }

  #add(samples: readonly Sample[]): void {
    this.#samples = [...this.#samples, ...samples];
  }
}

async function arraySamples(file: File, inputs: Inputs): Promise<readonly Sample[]> {
  const target = arrayInput(file.name, inputs);
  if (target === null) throw new LitescopeError('INVALID_INPUT', text.samples.noInput);
  const { count, at } = await npySamples(file, target.shape);
  return makeInTurns(count, (index) => ({ name: count === 1 ? file.name : text.samples.part(file.name, index), kind: 'npy', blob: at(index) }));
}

/** Of one clip so many windows say enough. */
const mostWindows = 100;

/** A clip's windows, one behind the other; the end that does not fill one is left out, unless it is all. */
async function clipSamples(file: File, inputs: Inputs): Promise<readonly Sample[]> {
  const window_s = soundInput(inputs)?.sound.window_s ?? null;
  if (window_s === null) return [];
  const { outlineOf } = await import('../../audio/page/outline');
  const { duration_s } = await outlineOf(file);
  const count = Math.min(mostWindows, Math.max(1, Math.floor(duration_s / window_s)));
  return Array.from({ length: count }, (_, index): Sample => ({ name: count === 1 ? file.name : text.samples.part(file.name, index), kind: 'audio', blob: file, start_s: index * window_s }));
}

/** The input that a file is named after, else the first one. */
function arrayInput(fileName: string, { list }: Inputs) {
  return list.find(({ tensor }) => list.length > 1 && fileName.includes(tensor.name)) ?? list[0] ?? null;
}

function imageInput({ list }: Inputs) {
  return list.find(({ preprocessing }) => preprocessing !== null) ?? null;
}

function pictureInput({ name, blob }: { readonly name: string; readonly blob: Blob }, inputs: Inputs): Readonly<Record<string, Input>> {
  const target = imageInput(inputs);
  if (target === null || target.preprocessing === null) throw new LitescopeError('INVALID_INPUT', text.samples.noPictures(name));
  return { [target.tensor.name]: { kind: 'image', image: blob, preprocessing: target.preprocessing } };
}

function soundInput({ list }: Inputs) {
  return list.find(({ sound }) => sound.preparation !== null) ?? null;
}

function clipInput({ name, blob, start_s }: Extract<Sample, { kind: 'audio' }>, inputs: Inputs): Readonly<Record<string, Input>> {
  const target = soundInput(inputs);
  if (target === null || target.sound.preparation === null) throw new LitescopeError('INVALID_INPUT', text.samples.noSound(name));
  return { [target.tensor.name]: { kind: 'audio', clip: blob, start_s, preparation: target.sound.preparation } };
}

function others(inputs: Inputs, name: string | undefined): Readonly<Record<string, Input>> {
  return Object.fromEntries(inputs.list.filter((choice) => choice.tensor.name !== name && !inputs.fillsIn(choice)).map((choice) => {
    if (choice.input === null) throw new LitescopeError('INVALID_INPUT', text.samples.noValues(choice.tensor.name));
    return [choice.tensor.name, choice.input];
  }));
}
