import { tfliteOps } from '../../../messages/tflite-ops';
import type { OperatorCode } from '../../../tflite/format/model';
import { opDescription } from '../../../tflite/analysis/op-table';

/** What the input at `position` of `count` is called; inputs without a name are `input`, or `input 0`, `input 1` … */
export function inputRole(code: Pick<OperatorCode, 'name' | 'custom'>, position: number, count: number): string {
  const role = opDescription(code)?.roles?.[position];
  return role !== undefined ? tfliteOps.roles[role] : count === 1 ? 'input' : `input ${position}`;
}

/** What the output at `position` of `count` is called. */
export function outputRole(position: number, count: number): string {
  return count === 1 ? 'output' : `output ${position}`;
}
