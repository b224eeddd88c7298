import { rewrite as words } from '../messages/rewrite';
import type { OperatorOptions } from '../tflite/format/schema/tables';
import { Draft, type DraftOperator, type GraphDraft } from './draft';
import { operatorNote } from './notes';
import type { Note, Pass } from './pass';

const customName = 'Convolution2DTransposeBias';

/** The first version of TRANSPOSE_CONV that takes a bias. */
const versionWithBias = 3;

/** TFLite's C enumeration of paddings, which counts from `unknown`; the format's own counts from SAME. */
const paddings = new Map([[1, 'SAME'], [2, 'VALID']] as const);

/**
 * MediaPipe's custom op takes picture, weights and bias, and holds padding and strides as three 32-bit integers. The
 * built-in op takes the output's shape, weights, picture and bias; the weights are laid out alike.
 */
export const transposeConvolution: Pass = {
  id: 'transpose-convolution',
  get title() { return words.transposeConvolution.title; },
  get purpose() { return words.transposeConvolution.purpose(customName); },
  precision: 'exact',
  apply(model) {
    const draft = new Draft(model);
    const changed: Note[] = [];
    const skipped: Note[] = [];
    for (const graph of draft.graphs) {
      for (const operator of graph.operators) {
        if (draft.nameOf(operator) !== customName || !draft.isCustom(operator)) continue;
        const note = (text: string): Note => operatorNote(draft, graph, operator, text);
        const plan = planOf(graph, operator);
        if (typeof plan === 'string') {
          skipped.push(note(plan));
          continue;
        }
        changed.push(note(words.transposeConvolution.changed));
        const [picture = -1, weights = -1, bias = -1] = operator.inputs;
        const { name, shape } = graph.tensor(operator.outputs[0]);
        operator.inputs = [graph.addIntegers(`${name}/shape`, shape), weights, picture, bias];
        operator.opcodeIndex = draft.code('TRANSPOSE_CONV', versionWithBias);
        operator.options = plan;
        Object.assign(operator, { customOptions: null });
      }
    }
    return changed.length === 0 ? { model, changed, skipped } : { model: draft.finish(), changed, skipped };
  },
};

/** The built-in op's settings, or why there are none. */
function planOf(graph: GraphDraft, operator: DraftOperator): OperatorOptions | string {
  const { customOptions } = operator;
  if (customOptions === null || customOptions.length < 12) return words.transposeConvolution.settingsTooShort;
  if (operator.inputs.length < 3 || operator.inputs.slice(0, 3).some((input) => input < 0)) return words.transposeConvolution.lacksInputs;
  const output = graph.tensor(operator.outputs[0]);
  if (output.shape.length !== 4 || [...output.shape, ...output.shapeSignature ?? []].some((size) => size < 1)) return words.transposeConvolution.shapeNotFixed;
  const settings = new DataView(customOptions.buffer, customOptions.byteOffset, customOptions.byteLength);
  const padding = paddings.get(settings.getInt32(0, true) as 1 | 2);
  const stride_w = settings.getInt32(4, true);
  const stride_h = settings.getInt32(8, true);
  if (padding === undefined || stride_w < 1 || stride_h < 1) return words.transposeConvolution.settingsMeanNothing(settings.getInt32(0, true), stride_w, stride_h);
  return { table: 'TransposeConvOptions', values: { padding, stride_w, stride_h, fused_activation_function: 'NONE', quantized_bias_type: 'float32' } };
}
