/** The trained classifier as a `.tflite` file, written with the project's own writer. */
import { editMetadata } from '../../src/rewrite/edit-metadata';
import { addBuffer, addOperatorCode, addTensor, changeSubgraph, emptyModel, type NewOperator, setOperators } from '../../src/tflite/format/edit';
import type { Model, Tensor } from '../../src/tflite/format/model';
import type { OperatorOptions } from '../../src/tflite/format/schema/tables';
import { type BuiltinOperator, builtinOperators } from '../../src/tflite/format/schema/operators';
import { openModel } from '../../src/tflite/format/verify/verify';
import { writeModel } from '../../src/tflite/format/write/writer';
import { side } from './data';
import { architecture, type Layer, type Trained } from './network';

export const labels = Array.from({ length: 10 }, (_, label) => String(label));

/** Adds ops and tensors one after the other; the model stays whole at every step. */
class ModelDraft {
  model: Model = emptyModel('A digit classifier, trained by scripts/digits/train.ts');
  readonly #operators: NewOperator[] = [];

  tensor(name: string, shape: readonly number[], data?: Float32Array | Int32Array): number {
    const given: Partial<Omit<Tensor, 'index'>> & Pick<Tensor, 'name' | 'shape'> = { name, shape, ...(data === undefined ? {} : { buffer: this.#buffer(data), ...(data instanceof Int32Array ? { dtype: 'int32' as const } : {}) }) };
    const [graph] = this.model.subgraphs;
    if (graph === undefined) throw new Error('there is no subgraph');
    const { whole, index } = addTensor(graph, given);
    this.model = changeSubgraph(this.model, 0, () => whole);
    return index;
  }

  operator(name: BuiltinOperator, options: OperatorOptions, inputs: readonly number[], output: number): void {
    const { whole, index } = addOperatorCode(this.model, { name, custom: false, builtinCode: builtinOperators.indexOf(name), version: 1 });
    this.model = whole;
    this.#operators.push({ opcodeIndex: index, inputs, outputs: [output], options });
  }

  finish(input: number, output: number): Model {
    const model = changeSubgraph(this.model, 0, (graph) => ({ ...setOperators(this.model, graph, this.#operators), inputs: [input], outputs: [output] }));
    return { ...model, signatures: [{ key: 'serving_default', subgraph: 0, inputs: [{ name: 'image', tensor: input }], outputs: [{ name: 'probabilities', tensor: output }] }] };
  }

  #buffer(data: Float32Array | Int32Array): number {
    const { whole, index } = addBuffer(this.model, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    this.model = whole;
    return index;
  }
}

/**
 * The network for pixels from 0 to 255: the division by 255 that it was trained with is part of the first layer's weights,
 * so that the integers of a quantized input are the pixels themselves.
 */
export function modelFile({ first, second, scores }: Trained): Uint8Array<ArrayBuffer> {
  const draft = new ModelDraft();
  const { first: firstShape, second: secondShape, classes } = architecture;
  const convolution = (name: string, input: number, { weights, bias }: Layer, { kernel, inputs, outputs, size }: typeof firstShape | typeof secondShape, padding: 'SAME' | 'VALID'): number => {
    const output = draft.tensor(name, [1, size, size, outputs]);
    const values = { padding, stride_w: 2, stride_h: 2, fused_activation_function: 'RELU', dilation_w_factor: 1, dilation_h_factor: 1, quantized_bias_type: 'float32' } as const;
    const weightTensor = draft.tensor(`${name}/weights`, [outputs, kernel, kernel, inputs], transposed(weights, kernel * kernel * inputs, outputs));
    draft.operator('CONV_2D', { table: 'Conv2DOptions', values }, [input, weightTensor, draft.tensor(`${name}/bias`, [outputs], bias)], output);
    return output;
  };
  const image = draft.tensor('image', [1, side, side, 1]);
  const early = convolution('convolution1', image, { ...first, weights: first.weights.map((weight) => weight / 255) }, firstShape, 'SAME');
  const late = convolution('convolution2', early, second, secondShape, 'VALID');
  const features = secondShape.size ** 2 * secondShape.outputs;
  const flat = draft.tensor('features', [1, features]);
  draft.operator('RESHAPE', { table: 'ReshapeOptions', values: { new_shape: [1, features] } }, [late, draft.tensor('features/shape', [2], Int32Array.of(1, features))], flat);
  const logits = draft.tensor('scores', [1, classes]);
  const options = { fused_activation_function: 'NONE', weights_format: 'DEFAULT', keep_num_dims: false, asymmetric_quantize_inputs: false, quantized_bias_type: 'float32' } as const;
  draft.operator('FULLY_CONNECTED', { table: 'FullyConnectedOptions', values: options }, [flat, draft.tensor('scores/weights', [classes, features], transposed(scores.weights, features, classes)), draft.tensor('scores/bias', [classes], scores.bias)], logits);
  const probabilities = draft.tensor('probabilities', [1, classes]);
  draft.operator('SOFTMAX', { table: 'SoftmaxOptions', values: { beta: 1 } }, [logits], probabilities);
  return described(draft.finish(image, probabilities));
}

/** The file with what it says about itself; quantized files lose nothing of it. */
function described(model: Model): Uint8Array<ArrayBuffer> {
  const { model: whole } = editMetadata({
    name: 'Digits', description: 'Tells which digit a 28 × 28 picture shows: white ink on black, as in the MNIST database.', version: '1', author: 'The Litescope developers', license: 'MIT',
    inputs: [{ index: 0, name: 'image', description: 'Grey values from 0 (paper) to 255 (ink).', normalisation: { mean: [0], std: [1] } }],
    outputs: [{ index: 0, name: 'probabilities', labels }],
  }).apply(model);
  const file = writeModel(whole);
  openModel(file);
  return file;
}

/** From [inputs, outputs] to [outputs, inputs]. */
function transposed(values: Float32Array, inputs: number, outputs: number): Float32Array {
  return Float32Array.from(values, (_, index) => values[(index % inputs) * outputs + Math.floor(index / inputs)] ?? 0);
}
