import { describe, expect, it } from 'vitest';
import { tone, waveform } from '../../../audio/testing/sounds';
import { writeWav } from '../../../audio/shared/wav';
import { rejectionOf } from '../../../threads/testing/errors';
import { fillInputs, readSources } from './inputs';
import type { InputSources } from '../shared/protocol';
import type { RuntimeTensor } from '../../runtimes/worker/runtime';

function tensor(name: string, dtype: RuntimeTensor['dtype'], shape: readonly number[], bytes: number, quantization?: RuntimeTensor['quantization']): RuntimeTensor & { readonly memory: ArrayBuffer } {
  const memory = new ArrayBuffer(bytes);
  return { name, dtype, shape, quantization, memory, data: () => new Uint8Array(memory) };
}

const fill = async (tensors: readonly RuntimeTensor[], sources: InputSources): Promise<void> => { fillInputs(tensors, await readSources(tensors, sources)); };
const clip = writeWav({ samples: tone(1000, 16_000, 0.01), sampleRate: 16_000 });

describe('sound as an input', () => {
  it('is a waveform in the tensor’s own numbers, with silence behind it, and the sample rate beside it', async () => {
    const tensors = [tensor('audio', 'float32', [1, 200], 800), tensor('decoded_sample_data:1', 'int32', [], 4)];
    await fill(tensors, { audio: { kind: 'audio', clip, preparation: waveform } });
    const [samples] = tensors.map(({ memory }) => new Float32Array(memory));
    expect([...samples?.subarray(0, 5) ?? []]).toEqual([...tone(1000, 16_000, 0.01).subarray(0, 5)]);
    expect([...samples?.subarray(160) ?? []]).toEqual(Array.from({ length: 40 }, () => 0));
    expect(new Int32Array(tensors[1]?.memory ?? new ArrayBuffer(4))[0]).toBe(16_000);
    const quantized = tensor('audio', 'int8', [1, 8], 8, { scale: [1 / 128], zeroPoint: [0], dimension: 0 });
    await fill([quantized], { audio: { kind: 'audio', clip, preparation: waveform } });
    expect([...new Int8Array(quantized.memory)]).toEqual([...tone(1000, 16_000, 0.01).subarray(0, 8)].map((value) => Math.round(value * 128)));
  });

  it('has TFLite Micro’s features as their 8-bit integers, whatever the scale, and as reals in floats', async () => {
    const preparation = { ...waveform, features: { kind: 'micro-frontend', window: 480, hop: 320, bands: 40 } } as const;
    const long = writeWav({ samples: tone(1000, 16_000, 0.1), sampleRate: 16_000 });
    const [whole, real] = [tensor('x', 'int8', [1, 80], 80, { scale: [3], zeroPoint: [0], dimension: 0 }), tensor('x', 'float32', [1, 2, 40], 320)];
    for (const each of [whole, real]) await fill([each], { x: { kind: 'audio', clip: long, preparation } });
    const features = [...new Float32Array(real.memory)].map((value) => Math.round(value * 25.6));
    expect([...new Int8Array(whole.memory)]).toEqual(features.map((value) => Math.min(127, Math.trunc((value * 256 + 333) / 666) - 128)));
    expect(Math.max(...features)).toBeGreaterThan(300);
  });

  it.each<[string, string, InputSources[string]]>([
    ['a file that is no sound', 'INVALID_AUDIO', { kind: 'audio', clip: new Blob(['no sound']), preparation: waveform }],
    ['a window behind the end', 'INVALID_INPUT', { kind: 'audio', clip, start_s: 1, preparation: waveform }],
    ['features that do not fill the tensor', 'INVALID_INPUT', { kind: 'audio', clip, preparation: { ...waveform, features: { kind: 'micro-frontend', window: 480, hop: 320, bands: 39 } } }],
  ])('has its error for %s', async (_, code, source) => {
    expect((await rejectionOf(fill([tensor('audio', 'float32', [1, 200], 800)], { audio: source }))).code).toBe(code);
  });
});
