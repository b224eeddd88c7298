import { rewrite as words } from '../messages/rewrite';
import type { OperatorOptions } from '../tflite/format/schema/tables';
import { Draft, type DraftOperator, type GraphDraft } from './draft';
import { operatorNote } from './notes';
import type { Note, Pass } from './pass';

/** The versions of MEAN that are asked for signed 8-bit and 16-bit numbers. */
const versions: Readonly<Record<string, number>> = { float32: 1, uint8: 1, int8: 2, int16: 3 };

/** An AVERAGE_POOL_2D over the whole picture is a mean over height and width, for which runtimes have faster kernels. */
export const globalPooling: Pass = {
  id: 'global-pooling',
  get title() { return words.globalPooling.title; },
  get purpose() { return words.globalPooling.purpose; },
  precision: 'exact',
  apply(model) {
    const draft = new Draft(model);
    const changed: Note[] = [];
    const skipped: Note[] = [];
    for (const graph of draft.graphs) {
      let axes: number | null = null;
      for (const operator of graph.operators) {
        if (draft.nameOf(operator) !== 'AVERAGE_POOL_2D' || !isGlobal(graph, operator)) continue;
        const version = versions[graph.tensor(operator.inputs[0]).dtype];
        const obstacle = version === undefined ? words.globalPooling.doesNotTake(graph.tensor(operator.inputs[0]).dtype) : activationOf(operator);
        if (obstacle !== null || version === undefined) {
          if (obstacle !== null) skipped.push(operatorNote(draft, graph, operator, obstacle));
          continue;
        }
        changed.push(operatorNote(draft, graph, operator, words.globalPooling.changed));
        axes ??= graph.addIntegers('global_pooling/axes', [1, 2]);
        operator.inputs = [operator.inputs[0] ?? -1, axes];
        operator.opcodeIndex = draft.code('MEAN', version);
        operator.options = { table: 'ReducerOptions', values: { keep_dims: true } };
      }
    }
    return changed.length === 0 ? { model, changed, skipped } : { model: draft.finish(), changed, skipped };
  },
};

/** A window of the picture's own size that is put down once: then there is no border, whatever the padding. */
function isGlobal(graph: GraphDraft, { inputs, outputs, options }: DraftOperator): boolean {
  if (options?.table !== 'Pool2DOptions') return false;
  const { filter_height, filter_width } = options.values;
  const { shape, shapeSignature } = graph.tensor(inputs[0]);
  const [, height, width] = shape;
  const [, outputHeight, outputWidth] = graph.tensor(outputs[0]).shape;
  const free = shapeSignature !== null && (shapeSignature[1] === -1 || shapeSignature[2] === -1);
  return !free && shape.length === 4 && height === filter_height && width === filter_width && outputHeight === 1 && outputWidth === 1;
}

function activationOf({ options }: { readonly options: OperatorOptions | null }): string | null {
  const activation = options?.table === 'Pool2DOptions' ? options.values.fused_activation_function : 'NONE';
  return activation === 'NONE' ? null : words.globalPooling.cannotApply(activation);
}
