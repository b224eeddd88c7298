import { builder } from 'flatbuffers/js/flexbuffers.js';
import { expect, test } from 'vitest';
import type { Fields } from '../../../tflite/testing/build';
import { describeOp } from './describe';
import { optionsText } from './options';
import { type MadeTensor, inspectGallery, int32, oneOp } from '../../testing/models';

const tensor = (...shape: readonly number[]): MadeTensor => ({ shape });
const integers = (...values: readonly number[]): MadeTensor => ({ shape: [values.length], type: 2, data: int32(...values) });
const settings = (member: string, value: Fields): { options: Fields } => ({ options: { member, value } });
const words = (name: string, tensors: readonly MadeTensor[], options: Parameters<typeof oneOp>[2] = {}): string => optionsText(describeOp(oneOp(name, tensors, options), 0, 0).options);

const face = inspectGallery('face_detection/face_detection_short_range.tflite');
const hand = inspectGallery('hands/hand_landmark_full.tflite');

/** As read from the files with the FlatBuffer compiler's JSON in hand. */
test.each([
  ['CONV_2D', face, 2, 'kernel 5×5, stride 2×2, padding same, fused activation none'],
  ['DEPTHWISE_CONV_2D', face, 6, 'kernel 3×3, stride 1×1, padding same, depth multiplier 1, fused activation none'],
  ['MAX_POOL_2D', face, 24, 'filter 2×2, stride 2×2, padding same, fused activation none'],
  ['PAD', face, 18, 'pads dimension 3: 0 before, 4 after'],
  ['RESHAPE', face, 158, 'new shape 1×−1×1'],
  ['CONCATENATION', face, 162, 'axis 1, fused activation none'],
  ['CONV_2D', hand, 2, 'kernel 3×3, stride 2×2, padding same, fused activation RELU6'],
  ['MEAN', hand, 150, 'axes 1, 2, keep dimensions no'],
  ['FULLY_CONNECTED', hand, 153, 'fused activation none, keep number of dimensions no'],
  ['LOGISTIC', hand, 154, ''],
])('%s of a gallery model', (name, model, op, expected) => {
  const description = describeOp(model, 0, op);
  expect(description.name).toBe(name);
  expect(optionsText(description.options)).toBe(expected);
});

test('a dilated, grouped convolution says so', () => {
  const options = settings('Conv2DOptions', { padding: 1, stride_w: 1, stride_h: 2, dilation_w_factor: 4, dilation_h_factor: 3, fused_activation_function: 1 });
  expect(words('CONV_2D', [tensor(1, 8, 8, 4), { shape: [6, 3, 5, 2], data: new Uint8Array(720) }, tensor(1, 2, 4, 6)], options))
    .toBe('kernel 3×5, groups 2, stride 2×1, dilation 3×4, padding valid, fused activation RELU');
});

test('ops that take settings from constant inputs', () => {
  expect(words('TRANSPOSE_CONV', [integers(1, 4, 4, 8), { shape: [8, 2, 2, 3], data: new Uint8Array(384) }, tensor(1, 2, 2, 3), tensor(1, 4, 4, 8)], settings('TransposeConvOptions', { padding: 0, stride_w: 2, stride_h: 2 })))
    .toBe('kernel 2×2, output shape 1×4×4×8, stride 2×2, padding same, fused activation none');
  expect(words('RESIZE_BILINEAR', [tensor(1, 2, 2, 3), integers(12, 16), tensor(1, 12, 16, 3)], settings('ResizeBilinearOptions', { half_pixel_centers: true })))
    .toBe('new size 12×16, align corners no, half-pixel centres yes');
  expect(words('TRANSPOSE', [tensor(1, 2, 3), integers(0, 2, 1), tensor(1, 3, 2)])).toBe('permutation 0, 2, 1');
  expect(words('PAD', [tensor(2, 2), integers(0, 0, 0, 0), tensor(2, 2)])).toBe('pads none');
  expect(words('RESHAPE', [tensor(6), integers(2, -1), tensor(2, 3)], settings('ReshapeOptions', { new_shape: [3, 2] }))).toBe('new shape 2×−1');
});

test('STRIDED_SLICE in slice notation', () => {
  const slice = settings('StridedSliceOptions', { begin_mask: 0b010, end_mask: 0b110, shrink_axis_mask: 0b001 });
  expect(words('STRIDED_SLICE', [tensor(4, 5, 6), integers(3, 0, 1), integers(4, 0, 0), integers(1, 1, 2), tensor(5, 3)], slice)).toBe('slice [3, :, 1::2]');
  // The bounds are inputs of the model: only the masks are known.
  const bounds = { shape: [3], type: 2 };
  expect(words('STRIDED_SLICE', [tensor(4, 5, 6), bounds, bounds, bounds, tensor(5, 3)], slice))
    .toBe('begin mask dimension 1, end mask dimension 1, 2, ellipsis mask none, new axis mask none, shrink axis mask dimension 0, offset no');
});

test('SOFTMAX, LSTM, and the generic words of any other table', () => {
  expect(words('SOFTMAX', [tensor(1, 4), tensor(1, 4)], settings('SoftmaxOptions', { beta: 0.5 }))).toBe('beta 0.5');
  expect(words('AVERAGE_POOL_2D', [tensor(1, 4, 4, 1), tensor(1, 2, 2, 1)], settings('Pool2DOptions', { padding: 1, stride_w: 2, stride_h: 2, filter_width: 3, filter_height: 2 })))
    .toBe('filter 2×3, stride 2×2, padding valid, fused activation none');
  expect(words('LSTM', [tensor(1, 4), tensor(1, 4)], settings('LSTMOptions', { fused_activation_function: 4, cell_clip: 10, kernel_type: 1 })))
    .toBe('fused activation TANH, cell clip 10, projection clip none, kernel type basic');
  expect(words('FAKE_QUANT', [tensor(1), tensor(1)], settings('FakeQuantOptions', { min: -1.5, max: 2, num_bits: 8, narrow_range: true }))).toBe('min −1.5, max 2, num bits 8, narrow range yes');
  expect(words('BUCKETIZE', [tensor(1), { shape: [1], type: 2 }], settings('BucketizeOptions', { boundaries: [0, 0.5, 10] }))).toBe('boundaries 0, 0.5, 10');
  expect(words('SPLIT', [{ shape: [], type: 2, data: int32(3) }, tensor(1, 4), tensor(1, 2)], settings('SplitOptions', { num_splits: 2 }))).toBe('axis 3, num splits 2');
});

test('custom ops: bytes for all, words where the layout is published', () => {
  const bytes = Uint8Array.from({ length: 70 }, (_, index) => index);
  const { options, customOptions } = describeOp(oneOp('Mystery', [tensor(1), tensor(1)], { customOptions: bytes }), 0, 0);
  expect(options).toEqual([]);
  expect(customOptions).toMatchObject({ bytes: 70, cut: true });
  expect(customOptions?.hex).toMatch(/^00 01 02 .* 3f$/);
  const selfie = describeOp(inspectGallery('selfie_segmentation/selfie_segmentation.tflite'), 0, 244);
  expect(optionsText(selfie.options)).toBe('kernel 2×2, stride 2×2, padding same');
  expect(selfie.customOptions).toEqual({ bytes: 12, hex: '01 00 00 00 02 00 00 00 02 00 00 00', cut: false });
});

test('custom ops and composites whose settings are a FlexBuffer', () => {
  const made = builder();
  made.startMap();
  for (const [key, write] of Object.entries({
    max_detections: () => { made.addInt(10); }, nms_score_threshold: () => { made.addFloat(-0.5); }, use_regular_nms: () => { made.add(true); },
    scales: () => { made.startVector(); made.addInt(1); made.add('x'); made.end(); }, inner: () => { made.startMap(); made.addKey('a'); made.add(null); made.end(); },
  })) {
    made.addKey(key);
    write();
  }
  made.end();
  const settingsBytes = made.finish();
  const expected = 'inner {a: nothing}, max_detections 10, nms_score_threshold −0.5, scales [1, “x”], use_regular_nms yes';
  expect(words('TFLite_Detection_PostProcess', [tensor(1), tensor(1)], { customOptions: settingsBytes })).toBe(expected);
  const call = { member: 'StablehloCustomCallOptions', value: { call_target_name: 'made', custom_attributes: settingsBytes } };
  expect(words('STABLEHLO_CUSTOM_CALL', [tensor(1), tensor(1)], { options: call })).toBe(`call target name “made”, has side effect no, backend config not stated, api version 0, called computations not stated, custom attributes ${settingsBytes.length} bytes: ${Buffer.from(settingsBytes.subarray(0, 32)).toString('hex').replaceAll(/(..)(?!$)/g, '$1 ')}, ${expected}`);
});

test('settings of a table that is newer than the schema', () => {
  expect(words('ABS', [tensor(1), tensor(1)], { options: { member: 250, value: { fused_activation_function: 1 } } })).toMatch(/^settings of a kind newer than this reader \(number 250\), \d+ bytes$/);
});
