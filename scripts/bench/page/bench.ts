/** The bench's page: our engine behind functions that Playwright calls. */
import { createLitescope, type OpenModel } from '../../../src/api';
import type { BenchPage } from '../types';
import { compare } from './comparison';
import { cure, denormalPenalty, readmeInARow } from './cure';
import { overhead } from './overhead';
import { profiling, slicing } from './profiling';
import { variants } from './variants';

const litescope = createLitescope();

/** Opens a gallery model and forgets it afterwards, so that the next one finds the page as this one did. */
async function withModel<T>(id: string, work: (model: OpenModel) => Promise<T>): Promise<T> {
  const model = await litescope.openFromGallery(id);
  try {
    return await work(model);
  } finally {
    litescope.close(model.id);
  }
}

const bench: BenchPage = {
  gallery: async () => (await litescope.gallery()).map(({ id, title }) => ({ id, title })),
  compare: (request) => withModel(request.model, (model) => compare(model, request)),
  profiling: (request) => profiling(litescope, request),
  slicing: (request) => slicing(litescope, request),
  variants: (request) => variants(litescope, request),
  cure: (request) => cure(litescope, request),
  denormalPenalty: () => Promise.resolve(denormalPenalty()),
  readmeInARow: (ids, runs) => readmeInARow(litescope, ids, runs),
  overhead: (request) => withModel(request.model, (model) => overhead(model, request)),
};

Object.assign(window, { bench });
