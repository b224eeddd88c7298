/** Runs to save, with nothing in them but what a test is about. */
import type { ValueDType } from '../../tensor/dtype';
import type { Quantization } from '../../tensor/quantization';
import type { Preprocessing } from '../../vision/shared/types';
import type { GivenPicture, RunToSave } from '../shared/format';

export interface TestInput {
  readonly dtype: ValueDType;
  readonly shape: readonly number[];
  readonly quantization?: Quantization;
  readonly data: ArrayBuffer;
  readonly picture?: GivenPicture & { readonly preprocessing: Preprocessing };
}

export function runOf(inputs: readonly TestInput[], outputs: RunToSave['outputs'] = []): RunToSave {
  return {
    about: {
      created: '2026-01-02T03:04:05.000Z',
      model: { name: 'a model', sha256: 'a'.repeat(64), bytes: 1000 },
      configuration: { runtime: 'litert', accelerator: 'wasm', threads: 1, variant: 'relaxed-simd', version: '2.5.3', fullyAccelerated: true },
      environment: { user_agent: 'a browser', browser: null, platform: 'Linux', cores: 2, device_memory_gb: null, isolated: true, simd: true, relaxed_simd: true, gpu_adapter: null },
    },
    inputs: inputs.map(({ picture, ...tensor }, place) => ({ tensor: { name: place === 0 ? 'input' : `input ${place}`, ...tensor }, kind: picture === undefined ? 'file' : 'image', picture })),
    outputs,
  };
}
