import { arithmeticLoops } from '../shared/arithmetic-loops';
import { assemble } from '../../../compiler/emit/assembler';
import { readingLoops, type ReadingLoop } from '../shared/reading-loops';

/**
 * A module that does nothing but multiply and add, or read its memory.
 * @param relaxed whether to use relaxed SIMD
 */
export function peakModule(relaxed: boolean, memoryPages: number): Uint8Array<ArrayBuffer> {
  return assemble([...arithmeticLoops(relaxed).map(({ code }) => code), ...readingLoops], memoryPages);
}

export interface PeakExports {
  readonly memory: WebAssembly.Memory;
  /** By the loop's name; each takes its turns. */
  readonly arithmetic: Readonly<Record<string, (turns: number) => number>>;
  readonly reading: Readonly<Record<ReadingLoop, (turns: number, address: number) => number>>;
}

export function peakExports({ exports }: WebAssembly.Instance): PeakExports {
  const { memory } = exports as { readonly memory: WebAssembly.Memory };
  return { memory, arithmetic: exports as PeakExports['arithmetic'], reading: exports as PeakExports['reading'] };
}
