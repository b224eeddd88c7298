import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import { elementCount } from '../../../tensor/dtype';
import type { OutputTensor } from '../../shared/types';

/** The typed refusal of a decoder, with the outputs that it met. */
export function unsupportedDecoder(expected: string, outputs: readonly OutputTensor[]): LitescopeError {
  const found = outputs.map(({ name, dtype, shape }) => `${name} ${dtype}[${shape.join(', ')}]`).join('; ');
  return new LitescopeError('UNSUPPORTED_DECODER', text.notAsExpected(expected, found));
}

/** Outputs with that many elements, whatever their names and dimensions of 1, in the order of the model's own names. */
export function outputsOfSize(outputs: readonly OutputTensor[], elements: number): readonly OutputTensor[] {
  return inNameOrder(outputs).filter(({ shape }) => elementCount(shape) === elements);
}

/**
 * Converters number outputs (`Identity`, `Identity_1`, …) in the order of the original model. Where all names follow
 * that scheme it is trusted over the order in which a runtime lists the outputs; any other names leave the order alone.
 */
function inNameOrder(outputs: readonly OutputTensor[]): readonly OutputTensor[] {
  const numbered = outputs.map((output) => {
    const match = /^(.*?)(?:[_:](\d+))?$/.exec(output.name);
    return { output, stem: match?.[1] ?? '', number: Number(match?.[2] ?? 0) };
  });
  const sameStem = numbered.every(({ stem }) => stem === numbered[0]?.stem);
  const distinct = new Set(numbered.map(({ number }) => number)).size === numbered.length;
  if (!sameStem || !distinct) return outputs;
  return numbered.sort((left, right) => left.number - right.number).map(({ output }) => output);
}

/** Rows and columns of a map with one value a pixel: [1, h, w, 1], [1, h, w] or [h, w]; null for any other shape. */
export function mapSize(shape: readonly number[]): { readonly height: number; readonly width: number } | null {
  const [first, second, third, fourth] = shape;
  if (shape.length === 2) return sized(first, second);
  if (first === 1 && (shape.length === 3 || (shape.length === 4 && fourth === 1))) return sized(second, third);
  return null;
}

function sized(height: number | undefined, width: number | undefined): { readonly height: number; readonly width: number } | null {
  return height === undefined || width === undefined || height < 1 || width < 1 ? null : { height, width };
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** A score as a probability: clamped to 0…1; what is not a number counts as 0. */
export function probability(score: number | undefined): number {
  return score === undefined || Number.isNaN(score) ? 0 : Math.min(Math.max(score, 0), 1);
}
