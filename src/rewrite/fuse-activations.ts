import { rewrite as words } from '../messages/rewrite';
import type { OperatorOptions } from '../tflite/format/schema/tables';
import { affineQuantization } from '../tensor/values';
import { isValueDType } from '../tensor/dtype';
import type { Tensor } from '../tflite/format/model';
import { Draft, type DraftOperator, type GraphDraft } from './draft';
import { operatorNote } from './notes';
import type { Note, Pass } from './pass';

/** Ops that clamp, and that the op before can do as well. */
export const clampingOps: ReadonlySet<string> = new Set(['RELU', 'RELU6', 'RELU_N1_TO_1']);
type Activation = 'RELU' | 'RELU6' | 'RELU_N1_TO_1';

/** Ops whose settings name an activation that every runtime computes; others have the field and do not read it. */
export const opsThatClamp: ReadonlySet<string> = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'ADD', 'SUB', 'MUL', 'DIV']);

/** Activations that stand alone become a setting of the op before them: one op and one pass over memory less for each. */
export const fuseActivations: Pass = {
  id: 'fuse-activations',
  get title() { return words.fuseActivations.title; },
  get purpose() { return words.fuseActivations.purpose; },
  precision: 'exact',
  apply(model) {
    const draft = new Draft(model);
    const changed: Note[] = [];
    const skipped: Note[] = [];
    for (const graph of draft.graphs) {
      const consumers = graph.consumers();
      const writers = graph.producers();
      const gone = new Set<DraftOperator>();
      for (const activation of graph.operators) {
        const name = draft.nameOf(activation);
        if (!clampingOps.has(name)) continue;
        const producer = writers.get(activation.inputs[0] ?? -1);
        const obstacle = obstacleOf(draft, graph, producer, activation, consumers);
        if (obstacle !== null || producer === undefined) {
          if (obstacle !== null) skipped.push(operatorNote(draft, graph, activation, obstacle));
          continue;
        }
        changed.push(operatorNote(draft, graph, activation, words.fuseActivations.changed(draft.nameOf(producer))));
        producer.options = withActivation(producer.options, name as Activation);
        producer.outputs = [...activation.outputs];
        gone.add(activation);
      }
      graph.operators = graph.operators.filter((operator) => !gone.has(operator));
    }
    return changed.length === 0 ? { model, changed, skipped } : { model: draft.finish(), changed, skipped };
  },
};

/** Why an activation stays; null where it can be fused, or where it has no producer to be fused into and nobody would expect it. */
function obstacleOf(draft: Draft, graph: GraphDraft, producer: DraftOperator | undefined, activation: DraftOperator, consumers: ReadonlyMap<number, readonly DraftOperator[]>): string | null {
  const between = activation.inputs[0] ?? -1;
  if (producer === undefined) return words.fuseActivations.atAnInput;
  const name = draft.nameOf(producer);
  if (!opsThatClamp.has(name) || draft.isCustom(producer)) return words.fuseActivations.cannotClamp(name);
  const fused = producer.options !== null && 'fused_activation_function' in producer.options.values ? producer.options.values.fused_activation_function : undefined;
  if (fused === undefined) return words.fuseActivations.noSettings(name);
  if (fused !== 'NONE') return words.fuseActivations.clampsAlready(name, fused);
  if (graph.isEdge(between)) return words.fuseActivations.isAnOutput;
  if ((consumers.get(between)?.length ?? 0) > 1) return words.fuseActivations.readByAnother;
  if (producer.outputs.length !== 1) return words.fuseActivations.severalOutputs(name);
  // A quantized op requantises to the scale of its output, whichever that is; a float and a quantized type do not mix.
  const [before, after] = [graph.tensor(between), graph.tensor(activation.outputs[0])];
  if (before.dtype !== after.dtype || isQuantized(before) !== isQuantized(after)) return words.fuseActivations.changesType;
  return null;
}

function isQuantized({ dtype, quantization }: Tensor): boolean {
  return isValueDType(dtype) && affineQuantization(dtype, quantization ?? undefined) !== undefined;
}

function withActivation(options: OperatorOptions | null, activation: Activation): OperatorOptions | null {
  if (options === null) return null;
  // Only tables with this field come here; TypeScript cannot see that the union stays within them.
  return { ...options, values: { ...options.values, fused_activation_function: activation } } as OperatorOptions;
}
