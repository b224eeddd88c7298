/** A page that runs one model as soon as it is there and notes the time since navigation, `window.firstResult`. */
import type { Contestant } from '../types';

const parameters = new URLSearchParams(location.search);
const contestant = parameters.get('contestant') as Contestant;

async function ours(runtime: Exclude<Contestant, 'readme'>): Promise<void> {
  const { createLitescope } = await import('../../../src/api');
  const litescope = createLitescope();
  const configuration = { runtime, accelerator: 'wasm', threads: 1 } as const;
  const { id } = await litescope.openFromGallery(parameters.get('model') ?? '', { runOn: configuration });
  await litescope.run(id, configuration, {}, { fallback: false });
}

async function readme(): Promise<void> {
  const { loadAndCompile, loadLiteRt, Tensor } = await import('@litertjs/core');
  await loadLiteRt(`/runtimes/litert-${__RUNTIME_VERSIONS__.litert}/`);
  const model = await loadAndCompile(`/models/${parameters.get('file') ?? ''}`, { accelerator: 'wasm' });
  const shape = [...(model.getInputDetails()[0]?.shape ?? [])];
  const input = new Tensor(new Float32Array(shape.reduce((product, dimension) => product * dimension, 1)).fill(0.5), shape);
  const [first] = await model.run(input);
  const result = await first?.moveTo('wasm');
  result?.toTypedArray();
}

const firstResult = (contestant === 'readme' ? readme() : ours(contestant)).then(() => performance.now());
Object.assign(window, { firstResult });
