import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildModel } from '../../src/tflite/testing/build';
import { inspect, type InspectFlags } from './inspect';

const longName = `serving_default/${'encoder_layer/'.repeat(18)}BiasAdd`;
let folder = '';
let file = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'litescope-inspect-'));
  file = join(folder, 'long-names.tflite');
  writeFileSync(file, buildModel({
    version: 3,
    operator_codes: [{ deprecated_builtin_code: 98, builtin_code: 98, version: 1 }],
    subgraphs: [{
      tensors: [{ name: 'in', shape: [1, 20], type: 0 }, { name: longName, shape: [1, 20], type: 0 }],
      inputs: [0], outputs: [1], operators: [{ opcode_index: 0, inputs: [0], outputs: [1] }],
    }],
    buffers: [{}],
  }));
});
afterAll(() => { rmSync(folder, { recursive: true }); });

const { isTTY, columns } = process.stdout;
afterEach(() => {
  vi.restoreAllMocks();
  Object.assign(process.stdout, { isTTY, columns });
});

/** The lines of the tables with the long name. */
async function linesOf(terminal: { readonly isTTY: boolean; readonly columns: number } | null, flags: InspectFlags): Promise<readonly string[]> {
  Object.assign(process.stdout, terminal ?? { isTTY: undefined, columns: undefined });
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  await inspect(file, flags, folder);
  vi.restoreAllMocks();
  return written.join('').split('\n').filter((line) => line.includes('BiasAdd'));
}

describe('inspect', () => {
  it('fits the terminal', async () => {
    // Beside the name: 7 of a type, 5 of a shape and three gaps; and 40 of the other columns and six gaps.
    expect(await linesOf({ isTTY: true, columns: 80 }, {})).toEqual([
      'serving_default/encoder_layer/e…er_layer/encoder_layer/BiasAdd  float32  1×20',
      ' 0  LEAKY_RELU  serving_defaul…layer/BiasAdd  float32  1×20      0             0',
    ]);
  });

  it.each([['on a terminal with --wide', { isTTY: true, columns: 80 }, { wide: true }], ['in a pipe', null, {}]] as const)('shows whole names %s', async (_, terminal, flags) => {
    expect(await linesOf(terminal, flags)).toEqual([
      `${longName}  float32  1×20`,
      ` 0  LEAKY_RELU  ${longName}  float32  1×20      0             0`,
    ]);
  });
});
