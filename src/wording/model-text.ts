import type { ModelSummary, SignatureTensor } from '../tflite/analysis/summary';
import { formatDtype, formatShape } from '../messages/format';
import { wording as text } from '../messages/wording';

/** The element types of most weights, `float16` or `int8, int32`: what holds less than a twentieth of the bytes is left out. */
export function precisionText({ weights }: Pick<ModelSummary, 'weights'>): string {
  const all = weights.reduce((sum, { bytes }) => sum + bytes, 0);
  const main = weights.filter(({ bytes }) => bytes >= all / 20);
  return main.length === 0 ? text.noWeights : main.map(({ dtype }) => formatDtype(dtype)).join(', ');
}

/** `1×128×128×3 float32`; several are counted. */
export function edgesText(tensors: readonly SignatureTensor[]): string {
  const [first] = tensors;
  if (first === undefined) return text.noEdges;
  const one = `${formatShape(first.shape)} ${formatDtype(first.dtype)}`;
  return tensors.length === 1 ? one : text.severalEdges(tensors.length, one);
}
