import type { Quantization } from '../../../tensor/quantization';
import { affineQuantization, type ValueTensor } from '../../../tensor/values';
import type { ValueStatistics, ValueBin } from '../../describe/shared/descriptions';

const mostBins = 48;

/**
 * Range, mean, deviation, exact zeros and histogram of real values. Two passes over any number of them, without sorting.
 *
 * @param step the distance between neighbouring values where they lie on a grid (integers, one scale): bins then hold
 *   whole steps, or a comb of full and empty ones would appear
 */
export function valueStatistics(values: Float32Array | Float64Array, step: number | null): ValueStatistics {
  let [min, max, sum, finite, zeros] = [Infinity, -Infinity, 0, 0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    finite += 1;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
    if (value === 0) zeros += 1;
  }
  const notFinite = values.length - finite;
  if (finite === 0) return { elements: values.length, notFinite, min: null, max: null, mean: null, std: null, zeros, bins: [] };
  const mean = sum / finite;
  const { edges, from, width } = binEdges(min, max, step);
  const counts = new Float64Array(edges.length - 1);
  let squares = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    squares += (value - mean) ** 2;
    const index = Math.min(counts.length - 1, Math.max(0, Math.floor((value - from) / width)));
    counts[index] = (counts[index] ?? 0) + 1;
  }
  const bins = Array.from(counts, (count, index): ValueBin => ({ from: edges[index] ?? min, to: edges[index + 1] ?? max, count }));
  return { elements: values.length, notFinite, min, max, mean, std: Math.sqrt(squares / finite), zeros, bins };
}

interface Edges {
  readonly edges: readonly number[];
  readonly from: number;
  readonly width: number;
}

function binEdges(min: number, max: number, step: number | null): Edges {
  if (min === max) {
    const half = step === null ? Math.abs(min) / 2 || 0.5 : step / 2;
    return { edges: [min - half, min + half], from: min - half, width: 2 * half };
  }
  const levels = step === null ? Infinity : Math.round((max - min) / step) + 1;
  const stepsABin = Math.ceil(levels / mostBins);
  const onGrid = step !== null && Number.isFinite(stepsABin);
  const from = onGrid ? min - step / 2 : min;
  const width = onGrid ? step * stepsABin : (max - min) / mostBins;
  const count = onGrid ? Math.ceil(levels / stepsABin) : mostBins;
  return { edges: Array.from({ length: count + 1 }, (_, index) => (!onGrid && index === count ? max : from + index * width)), from, width };
}

/** The distance between neighbouring real values of a tensor; null where there is no single one. */
export function valueStep({ dtype, quantization }: ValueTensor & { readonly quantization?: Quantization | undefined }): number | null {
  if (dtype.startsWith('float')) return null;
  const affine = affineQuantization(dtype, quantization);
  if (affine === undefined) return 1;
  return affine.scale.length === 1 ? affine.scale[0] ?? null : null;
}
