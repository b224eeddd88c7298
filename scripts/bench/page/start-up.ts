/** A page that runs one model as soon as it is there and notes the time since navigation, `window.firstResult`. */
import { createLitescope } from '../../../src/api';
import type { Contestant } from '../types';

const parameters = new URLSearchParams(location.search);
const runtime = parameters.get('contestant') as Exclude<Contestant, 'readme'>;

async function run(): Promise<void> {
  const litescope = createLitescope();
  const configuration = { runtime, accelerator: 'wasm', threads: 1 } as const;
  const { id } = await litescope.openFromGallery(parameters.get('model') ?? '', { runOn: configuration });
  await litescope.run(id, configuration, {}, { fallback: false });
}

Object.assign(window, { firstResult: run().then(() => performance.now()) });
