import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../src/messages/choose-language';
import { buildModel } from '../../src/tflite/testing/build';
import { UsageError } from '../errors';
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

async function printed(terminal: { readonly isTTY: boolean; readonly columns: number } | null, flags: InspectFlags): Promise<readonly string[]> {
  Object.assign(process.stdout, terminal ?? { isTTY: undefined, columns: undefined });
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  await inspect(file, flags, folder);
  vi.restoreAllMocks();
  return written.join('').split('\n');
}

/** The lines of the tables with the long name. */
async function linesOf(...asked: Parameters<typeof printed>): Promise<readonly string[]> {
  return (await printed(...asked)).filter((line) => line.includes('BiasAdd'));
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

describe('inspect in Chinese', () => {
  beforeAll(() => chooseLanguage('zh-CN'));
  afterAll(() => chooseLanguage('en'));

  it('says what the model is made of, its columns under each other', async () => {
    const lines = await printed({ isTTY: true, columns: 80 }, {});
    expect(lines[0]).toMatch(/^long-names\.tflite：\d+ B，SHA-256 [0-9a-f]{64}$/);
    expect(lines.slice(lines.indexOf('算子（按执行顺序）'), -1)).toEqual([
      '算子（按执行顺序）',
      '算子  算子类型    输出                           类型     形状  MACs  权重字节数',
      '   0  LEAKY_RELU  serving_defaul…_layer/BiasAdd  float32  1×20     0           0',
    ]);
    expect(lines).toContain('1 个算子，2 个张量，0 个参数，单次推理 0 次乘加');
  });

  it('says of a file that is not there', async () => {
    await expect(inspect('nowhere.tflite', {}, folder)).rejects.toThrow(new UsageError('没有文件 nowhere.tflite。'));
  });
});
