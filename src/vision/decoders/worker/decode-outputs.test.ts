import { describe, expect, it } from 'vitest';
import { decodeOutputs } from './decode-outputs';

describe('decodeOutputs', () => {
  const outputs = [{ name: 'scores', dtype: 'uint8', shape: [3], data: Uint8Array.of(3, 9, 1).buffer } as const];

  it('decodes classes without a picture', () => {
    const { decoded, decodeError } = decodeOutputs(outputs, null, { decoder: { kind: 'classification', top: 1 }, labels: ['cat', 'dog', 'owl'] });
    expect(decodeError).toBeNull();
    expect(decoded).toMatchObject({ kind: 'classes', classes: [{ index: 1, label: 'dog' }] });
  });

  it('needs a picture for what lies on one', () => {
    expect(decodeOutputs(outputs, null, { decoder: { kind: 'selfie-segmentation' } })).toEqual({ decoded: null, decodeError: null });
  });

  it('gives the reason beside the outputs where they do not fit the task', () => {
    const placement = { sourceWidth: 1, sourceHeight: 1, targetWidth: 1, targetHeight: 1, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
    const { decoded, decodeError } = decodeOutputs(outputs, placement, { decoder: { kind: 'pose-landmarks' } });
    expect(decoded).toBeNull();
    expect(decodeError?.code).toBe('UNSUPPORTED_DECODER');
  });

  it('decodes nothing without a decoder', () => {
    expect(decodeOutputs(outputs, null, {})).toEqual({ decoded: null, decodeError: null });
  });
});
