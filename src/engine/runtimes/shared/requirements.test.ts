import { describe, expect, it, test } from 'vitest';
import { errorOf } from '../../../threads/testing/errors';
import type { OpUse } from '../../../tflite/analysis/summary';
import { summarize } from '../../../tflite/analysis/summarize';
import { fixtureModel, hasFixtures } from '../../../tflite/testing/models';
import { openModel } from '../../../tflite/format/verify/verify';
import { summaryOf } from '../../testing/summary';
import { assertSuitable } from './requirements';

const runtimes = ['tfjs-tflite', 'litert', 'tfjs-kernels'] as const;
const use = (name: string, custom = true): OpUse => ({ name, custom, count: 1, version: 1, firstPlace: 'subgraph 0, op 4' });
const refusal = (...ops: readonly OpUse[]) => runtimes.map((runtime) => {
  const { code, details, place } = errorOf(() => { assertSuitable(runtime, summaryOf({ ops }), undefined); });
  return { code, details, place };
});

describe('files that no runtime has an answer to', () => {
  it('are named for what they are, by each runtime alike: for the Edge TPU', () => {
    expect(new Set(refusal(use('edgetpu-custom-op')).map((each) => JSON.stringify(each)))).toEqual(new Set([JSON.stringify({ code: 'EDGE_TPU', details: '', place: 'subgraph 0, op 4, edgetpu-custom-op' })]));
  });

  it('and with ops of full TensorFlow, all of which are listed', () => {
    expect(refusal(use('ADD', false), use('FlexRFFT'), use('FlexUnicodeDecode'))[0]).toEqual({ code: 'SELECT_TF_OPS', details: 'It asks for RFFT, UnicodeDecode.', place: 'subgraph 0, op 4, FlexRFFT' });
  });

  it('but not ops that are only called alike', () => {
    expect(refusal(use('Flexible')).map(({ code }) => code)).toEqual(new Array<string>(runtimes.length).fill('UNSUPPORTED_OP'));
    expect(refusal(use('edgetpu-custom-op', false)).map(({ code }) => code)).toEqual(new Array<string>(runtimes.length).fill('UNSUPPORTED_OP'));
  });
});

test.skipIf(!hasFixtures)('Real files: one that was compiled for the Edge TPU, and one with ops of full TensorFlow', () => {
  const codeOf = (file: string) => errorOf(() => { assertSuitable('litert', summarize(openModel(fixtureModel(file))), undefined); });
  expect(codeOf('fizzbuzz_model_quant_edgetpu.tflite').code).toBe('EDGE_TPU');
  const flex = codeOf('whitespace_flex.tflite');
  expect([flex.code, flex.details]).toEqual(['SELECT_TF_OPS', expect.stringContaining('WhitespaceTokenizeWithOffsets')]);
});
