import { rewrite as words } from '../messages/rewrite';
import { Draft, type DraftOperator } from './draft';
import { dequantizeOperator, isConvertible, quantizeOperator } from './conversions';
import { operatorNote } from './notes';
import type { Note, Pass } from './pass';

/**
 * XNNPACK has HARD_SWISH for floats and not for quantized numbers: one in the middle of a quantized model takes the
 * interpreter's slow kernel and cuts what the delegate runs in two.
 */
export const floatHardSwish: Pass = {
  id: 'float-hard-swish',
  get title() { return words.floatHardSwish.title; },
  get purpose() { return words.floatHardSwish.purpose; },
  precision: 'rounding',
  apply(model) {
    const draft = new Draft(model);
    const changed: Note[] = [];
    const skipped: Note[] = [];
    for (const graph of draft.graphs) {
      const operators: DraftOperator[] = [];
      for (const operator of graph.operators) {
        const input = draft.nameOf(operator) === 'HARD_SWISH' ? graph.tensor(operator.inputs[0]) : null;
        if (input === null || input.dtype === 'float32') {
          operators.push(operator);
          continue;
        }
        const output = graph.tensor(operator.outputs[0]);
        const known = isConvertible(input.dtype) && isConvertible(output.dtype) && input.quantization?.scale.length === 1 && output.quantization?.scale.length === 1;
        if (!known) {
          skipped.push(operatorNote(draft, graph, operator, words.floatHardSwish.noScale(input.dtype)));
          operators.push(operator);
          continue;
        }
        changed.push(operatorNote(draft, graph, operator, words.floatHardSwish.changed));
        const real = (name: string, { shape, shapeSignature }: typeof input): number => graph.add({ name, shape, shapeSignature });
        const before = real(`${input.name}/float`, input);
        const after = real(`${output.name}/float`, output);
        operators.push(
          dequantizeOperator(draft, input.index, before, input.dtype),
          { ...operator, opcodeIndex: draft.code('HARD_SWISH', 1), inputs: [before], outputs: [after] },
          quantizeOperator(draft, after, output.index, output.dtype),
        );
      }
      graph.operators = operators;
    }
    return changed.length === 0 ? { model, changed, skipped } : { model: draft.finish(), changed, skipped };
  },
};
