import { matchSubGraphs } from '../../../tflite/analysis/match/match-subgraphs';
import { elementCount, isValueDType } from '../../../tensor/dtype';
import { bytesPerElement } from '../../../tensor/values';
import type { Model } from '../../../tflite/format/model';
import { tensorsToCheck } from '../../cross-check/worker/tensors';
import type { LayerPair, LayerPlan } from '../shared/layers';

/** What a session may hold beside the model: every tensor that is looked at keeps memory of its own. */
const partBytes = 48 * 2 ** 20;

/**
 * The tensors of two models that belong together, by name and by position, with what comes before each: where error
 * comes from is told from a tensor and those that it is computed from.
 * @param wholeBytes for tests: how many bytes go into one part
 */
export function planLayers(a: Model, b: Model, wholeBytes = partBytes): LayerPlan {
  const [graphA, graphB] = [a.subgraphs[0], b.subgraphs[0]];
  const computedA = tensorsToCheck(a).parts.flatMap(({ tensors }) => tensors);
  const computedB = new Map(tensorsToCheck(b).parts.flatMap(({ tensors }) => tensors.map((each) => [each.tensor, each] as const)));
  const matches = new Map(matchSubGraphs(a, b, 0).tensors.flatMap(({ a: one, b: other, by }) => (one === null || other === null || by === null ? [] : [[one, { other, by }] as const])));
  const producers = new Map(graphA?.operators.flatMap((op) => op.outputs.map((output) => [output, op] as const)) ?? []);
  const places = new Map<number, number>();
  const pairs: LayerPair[] = [];
  const parts: number[][] = [];
  let [unmatched, resized, room] = [0, 0, 0];

  /** The nearest pairs from which a tensor is computed; it may be reached on many ways, and is looked at once. */
  function nearest(tensor: number, seen: Set<number>): number[] {
    if (seen.has(tensor)) return [];
    seen.add(tensor);
    const place = places.get(tensor);
    return place === undefined ? (producers.get(tensor)?.inputs ?? []).flatMap((input) => nearest(input, seen)) : [place];
  }

  for (const { tensor, op, kind, name } of computedA) {
    const match = matches.get(tensor);
    const counterpart = computedB.get(match?.other ?? -1);
    if (match === undefined || counterpart === undefined) {
      unmatched++;
      continue;
    }
    const [one, other] = [graphA?.tensors[tensor], graphB?.tensors[counterpart.tensor]];
    if (one === undefined || other === undefined || sizeOf(one.shape) !== sizeOf(other.shape)) {
      resized++;
      continue;
    }
    const seen = new Set<number>();
    const before = [...new Set((producers.get(tensor)?.inputs ?? []).flatMap((input) => nearest(input, seen)))];
    const bytes = [one, other].reduce((sum, { dtype, shape }) => sum + (isValueDType(dtype) ? bytesPerElement(dtype) : 0) * sizeOf(shape), 0);
    if (bytes > room || parts.length === 0) {
      parts.push([]);
      room = wholeBytes;
    }
    room -= bytes;
    parts.at(-1)?.push(pairs.length);
    places.set(tensor, pairs.length);
    pairs.push({ a: { tensor, op, kind }, b: { tensor: counterpart.tensor, op: counterpart.op, kind: counterpart.kind }, name, by: match.by, before });
  }
  return { pairs, parts, unmatched, resized };
}

function sizeOf(shape: readonly number[]): number {
  return elementCount(shape.map((size) => (size === -1 ? 1 : size)));
}
