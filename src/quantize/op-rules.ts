import { builtinDescription } from '../tflite/analysis/op-table';
import type { IntegerRule } from '../tflite/analysis/ops/description';
import type { ActivationBits } from './parameters';

export type { IntegerRule as OpRule } from '../tflite/analysis/ops/description';

/** How a built-in op computes with integers; undefined for one that stays in float. */
export function opRule(name: string): IntegerRule | undefined {
  return builtinDescription(name)?.quantized;
}

export function ruleVersion(rule: IntegerRule, bits: ActivationBits): number | undefined {
  return rule.versions[bits];
}
