import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { assertSound } from '../../../tflite/format/notes';
import type { ModelSummary, SignatureSummary } from '../../../tflite/analysis/summary';
import type { RuntimeName } from '../../configuration/shared/configuration';
import { assertOpsSupported } from './op-support';
import { unfitness } from './unfitness';
import { requireValueDtype } from './value-dtype';

/**
 * What can be said of a model and a runtime before a byte of the runtime is fetched.
 * @param signatureKey the first signature when left out
 * @throws LitescopeError MODEL_UNSOUND for a model by which a runtime could be led out of its bounds, EDGE_TPU, SELECT_TF_OPS, UNSUPPORTED_OP, UNSUPPORTED_DTYPE, RUNTIME_UNFIT, INVALID_CONFIGURATION for a signature that the model lacks
 */
export function assertSuitable(runtime: RuntimeName, summary: ModelSummary, signatureKey: string | undefined): void {
  assertSound(summary.notes ?? []);
  assertForThisKind(summary);
  const signature = signatureOf(summary, signatureKey);
  for (const tensor of [...signature.inputs, ...signature.outputs]) requireValueDtype(tensor);
  assertOpsSupported(runtime, summary);
  const unfit = unfitness(runtime, signature);
  if (unfit !== null) throw unfit;
}

/**
 * @param key the first signature when left out
 * @throws LitescopeError INVALID_CONFIGURATION for a signature that the model lacks
 */
export function signatureOf(summary: ModelSummary, key: string | undefined): SignatureSummary {
  const signature = key === undefined ? summary.signatures[0] : summary.signatures.find((each) => each.key === key);
  if (signature === undefined) throw new LitescopeError('INVALID_CONFIGURATION', text.noSignature(key ?? ''));
  return signature;
}

/** The custom op that holds what the Edge TPU's compiler made of the layers around it. */
const edgeTpuOp = 'edgetpu-custom-op';
/** What converters put before the name of an op that only full TensorFlow has. */
const flexOp = /^Flex[A-Z]/;

/**
 * Files that no runtime here can have an answer to, so that none is asked.
 * @throws LitescopeError EDGE_TPU, SELECT_TF_OPS with the ops that are asked for
 */
function assertForThisKind({ ops }: ModelSummary): void {
  const placed = ({ name, firstPlace }: ModelSummary['ops'][number]): string => `${firstPlace}, ${name}`;
  const compiled = ops.find(({ name, custom }) => custom && name === edgeTpuOp);
  if (compiled !== undefined) throw new LitescopeError('EDGE_TPU', '', { place: placed(compiled) });
  const flex = ops.filter(({ name, custom }) => custom && flexOp.test(name));
  const [first] = flex;
  if (first !== undefined) throw new LitescopeError('SELECT_TF_OPS', text.flexOps(flex.map(({ name }) => name.slice('Flex'.length))), { place: placed(first) });
}
