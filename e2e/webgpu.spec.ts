import { deviceTest as test } from './support/devices';
import { greatestDifference, runModelOk } from './support/engine';
import { expect, facePhoto, sharedModel } from './support/fixtures';

/** WebGPU without a graphics card: Chromium computes in software, which shows that it works, not how fast. */
const softwareGpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];

test('LiteRT on WebGPU agrees with WebAssembly', async ({ openWith }) => {
  const page = await openWith(softwareGpu);
  const available = await page.evaluate(async () => (await window.litescope.capabilities()).webgpu);
  test.skip(!available, 'this Chromium has no software WebGPU adapter');
  const run = (accelerator: 'wasm' | 'webgpu') => runModelOk(page, {
    model: { gallery: 'face-detection-short-range' }, configuration: { runtime: 'litert', accelerator, threads: 1 },
    inputs: { '*': { image: facePhoto(3) } }, decode: 'gallery', fallback: false,
  });
  const [onWasm, onGpu] = [await run('wasm'), await run('webgpu')];
  expect(onGpu.configuration).toMatchObject({ accelerator: 'webgpu', fullyAccelerated: true });
  for (const [index, { values }] of onWasm.outputs.entries()) {
    const range = values.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 1);
    expect(greatestDifference(values, onGpu.outputs[index]?.values ?? []) / range).toBeLessThan(1e-3);
  }
  const quantized = sharedModel('tf2_mobilenet_v2_1.0_224_ptq.tflite');
  if (quantized === null) console.log('skipped: ../shared/models/tf2_mobilenet_v2_1.0_224_ptq.tflite is not there');
  else {
    const result = await runModelOk(page, { model: { file: quantized }, configuration: { runtime: 'litert', accelerator: 'webgpu' } });
    expect(result.outputs).toMatchObject([{ dtype: 'uint8', shape: [1, 1001] }]);
  }
});

test('ops on WebGPU are timed by parts of the model', async ({ openWith }) => {
  const page = await openWith(softwareGpu);
  const available = await page.evaluate(async () => (await window.litescope.capabilities()).webgpu);
  test.skip(!available, 'this Chromium has no software WebGPU adapter');
  const { configuration, op_profile } = await page.evaluate(async () => {
    const model = await window.litescope.openFromGallery('digits');
    // Slicing ends with the plan's longest time; that every op has its place needs no precise figures.
    const plan = { warmup_runs: 1, warmup_min_secs: 0, num_runs: 4, min_secs: 0, max_secs: 5 };
    return window.litescope.profile(model.id, { runtime: 'litert', accelerator: 'webgpu', threads: 1 }, {}, { plan, fallback: false });
  });
  expect(configuration).toMatchObject({ runtime: 'litert', accelerator: 'webgpu' });
  expect(op_profile.method).toBe('slicing');
  expect(op_profile.ops.map(({ kind, fate }) => [kind, fate.kind])).toEqual(['CONV_2D', 'CONV_2D', 'RESHAPE', 'FULLY_CONNECTED', 'SOFTMAX'].map((kind) => [kind, 'timed']));
  expect(op_profile.ops.reduce((total, { time_ms }) => total + time_ms, 0)).toBeCloseTo(op_profile.invoke_ms, 6);
});
