/** The same as `start-up.ts` with `@litertjs/core` alone, as its README shows. */
import { loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';

const parameters = new URLSearchParams(location.search);

async function run(): Promise<void> {
  await loadLiteRt(`/runtimes/litert-${__RUNTIME_VERSIONS__.litert}/`);
  const model = await loadAndCompile(`/models/${parameters.get('file') ?? ''}`, { accelerator: 'wasm' });
  const shape = [...(model.getInputDetails()[0]?.shape ?? [])];
  const input = new Tensor(new Float32Array(shape.reduce((product, dimension) => product * dimension, 1)).fill(0.5), shape);
  const [first] = await model.run(input);
  const result = await first?.moveTo('wasm');
  result?.toTypedArray();
}

Object.assign(window, { firstResult: run().then(() => performance.now()) });
