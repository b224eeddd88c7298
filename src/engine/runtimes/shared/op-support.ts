import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import type { ModelSummary } from '../../../tflite/analysis/summary';
import type { RuntimeName } from '../../configuration/shared/configuration';
import measured from './op-support.json';

interface OpSupport {
  /** Version of the package that was measured. */
  readonly version: string;
  /** The highest version of each builtin op that the runtime has. */
  readonly builtins: Readonly<Record<string, number>>;
  readonly customs: readonly string[];
}

/** What `compiled` has no kernel for it says itself, when it compiles: that is no matter of ops alone. */
const support: Readonly<Record<Exclude<RuntimeName, 'compiled'>, OpSupport>> = measured;

/**
 * Checks a model's ops against what a runtime was measured to have (scripts/measure-op-support.ts), before it runs:
 * `litert` compiles a model with an unknown custom op without complaint and then computes nothing.
 * @throws LitescopeError UNSUPPORTED_OP with every op that is missing, and the place of the first
 */
export function assertOpsSupported(runtime: RuntimeName, summary: ModelSummary): void {
  if (runtime === 'compiled') return;
  const { builtins, customs } = support[runtime];
  const missing = summary.ops.flatMap(({ name, custom, version, firstPlace }) => {
    if (custom) return customs.includes(name) ? [] : [{ what: text.customOp(name), place: `${firstPlace}, ${name}` }];
    const highest = builtins[name];
    if (highest === undefined) return [{ what: name, place: `${firstPlace}, ${name}` }];
    return version <= highest ? [] : [{ what: text.opVersion(name, version, highest), place: `${firstPlace}, ${name}` }];
  });
  const [first] = missing;
  if (first === undefined) return;
  throw new LitescopeError('UNSUPPORTED_OP', text.lacks(runtime, missing.map(({ what }) => what)), { place: first.place });
}
