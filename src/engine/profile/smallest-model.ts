import { addOperatorCode, addTensor, setOperators } from '../../tflite/edit';
import { type Model, type SubGraph, absent } from '../../tflite/model';
import { builtinOperators } from '../../tflite/schema/operators';

/** A model that computes next to nothing: the RELU of one number. What its run takes is what any run takes beside its ops. */
export function smallestModel(): Model {
  const nothing: Model = {
    bytes: new Uint8Array(0), version: 3, description: '', operatorCodes: [], buffers: [], metadata: [], signatures: [],
    externalBufferGroups: absent, externalBuffers: absent, legacyMetadata: absent, subgraphs: [],
  };
  const { whole: model, index: opcodeIndex } = addOperatorCode(nothing, { name: 'RELU', custom: false, builtinCode: builtinOperators.indexOf('RELU'), version: 1 });
  const empty: SubGraph = { index: 0, name: 'main', tensors: [], inputs: [], outputs: [], operators: [], debugMetadata: -1 };
  const { whole: given, index: input } = addTensor(empty, { name: 'number', shape: [1] });
  const { whole: graph, index: output } = addTensor(given, { name: 'clamped', shape: [1] });
  return { ...model, subgraphs: [{ ...setOperators(model, graph, [{ opcodeIndex, inputs: [input], outputs: [output] }]), inputs: [input], outputs: [output] }] };
}
