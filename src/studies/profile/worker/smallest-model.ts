import { addOperatorCode, addTensor, changeSubgraph, emptyModel, setOperators } from '../../../tflite/format/edit';
import type { Model } from '../../../tflite/format/model';
import { builtinOperators } from '../../../tflite/format/schema/operators';

/** A model that computes next to nothing: the RELU of one number. What its run takes is what any run takes beside its ops. */
export function smallestModel(): Model {
  const { whole: model, index: opcodeIndex } = addOperatorCode(emptyModel(), { name: 'RELU', custom: false, builtinCode: builtinOperators.indexOf('RELU'), version: 1 });
  return changeSubgraph(model, 0, (empty) => {
    const { whole: given, index: input } = addTensor(empty, { name: 'number', shape: [1] });
    const { whole: graph, index: output } = addTensor(given, { name: 'clamped', shape: [1] });
    return { ...setOperators(model, graph, [{ opcodeIndex, inputs: [input], outputs: [output] }]), inputs: [input], outputs: [output] };
  });
}
