import { tfliteOps } from '../../../messages/tflite-ops';
import type { OperatorCode } from '../../../tflite/format/model';
import { opDescription } from '../../../tflite/analysis/op-table';
import { inspect as text } from '../../../messages/inspect';

/** What the input at `position` of `count` is called; inputs without a name are `input`, or `input 0`, `input 1` … */
export function inputRole(code: Pick<OperatorCode, 'name' | 'custom'>, position: number, count: number): string {
  const role = opDescription(code)?.roles?.[position];
  return role !== undefined ? tfliteOps.roles[role] : count === 1 ? text.input : text.inputAt(position);
}

/** What the output at `position` of `count` is called. */
export function outputRole(position: number, count: number): string {
  return count === 1 ? text.output : text.outputAt(position);
}
