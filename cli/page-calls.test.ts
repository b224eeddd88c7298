import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LitescopeError } from '../src/errors';
import { ModelError } from './errors';
import { openModel, run } from './page-calls';
import { addPageSide } from './page-side';
import type { Stage } from './stage';

/** A page in this very process, whose API does what a test says. */
function stageWith(litescope: object): Stage {
  vi.stubGlobal('window', { litescope });
  addPageSide();
  return { page: { evaluate: (work: (parameter: unknown) => unknown, parameter: unknown) => work(parameter) }, share: (path: string) => `command-line-files/0/${path}` } as unknown as Stage;
}

const model = { id: 'm', summary: { signatures: [{ inputs: [{ name: 'x' }] }] }, blob: new Blob([]) };
const opened = { models: () => [model], run: () => Promise.reject(new TypeError('x is not iterable')) };
const order = { id: 'm', configuration: {}, inputs: [{ tensor: null, url: 'command-line-files/0/a%20photo.jpg', kind: 'image' as const }] };

async function saidBy(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
}

beforeEach(() => { vi.stubGlobal('fetch', () => Promise.resolve(new Response('picture'))); });
afterEach(() => { vi.unstubAllGlobals(); });

const fileHint = 'It may have been moved, changed or locked since it was chosen. Choose it again. (FILE_UNREADABLE)';

describe('what goes wrong in the page is told to the caller', () => {
  it('when a file cannot be fetched', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await saidBy(run(stageWith(opened), order))).toBe(`The file cannot be read: The page cannot read a photo.jpg from the command line: Failed to fetch\n${fileHint}`);
  });

  it('when a file is gone, whose answer is no picture', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
    expect(await saidBy(run(stageWith(opened), order))).toBe(`The file cannot be read: The page cannot read a photo.jpg from the command line: status 404\n${fileHint}`);
  });

  it('when something is thrown that nobody expects', async () => {
    expect(await saidBy(run(stageWith(opened), order))).toBe('Something went wrong inside Litescope: TypeError: x is not iterable\nReload the page. Please report it with its details. (INTERNAL)');
    expect(await saidBy(openModel(stageWith({ open: () => Promise.reject('text') }), { kind: 'file', path: 'm.tflite' }))).toContain('Something went wrong inside Litescope: text\n');
  });

  it('when the API says why, with all that it says', async () => {
    const refused = new LitescopeError('NO_RUNTIME', 'nothing runs it', { place: 'op 3', attempts: [new LitescopeError('NO_SIMD', 'none').serialize()] });
    expect(await saidBy(openModel(stageWith({ open: () => Promise.reject(refused) }), { kind: 'file', path: 'm.tflite' }))).toBe(
      'No runtime on this device runs this model: nothing runs it\nWhere: op 3\n- This browser has no WebAssembly SIMD: none\nEach attempt says what it lacks: rewrite the model under “Compare & shrink”, or convert it again. (NO_RUNTIME)',
    );
  });

  it('when the page itself is gone', async () => {
    const stage = { page: { evaluate: () => Promise.reject(new Error('page.evaluate: Target crashed\nCall log')) }, share: () => '' } as unknown as Stage;
    expect(await saidBy(run(stage, order))).toBe('The session crashed and was ended: The browser’s page does not answer. page.evaluate: Target crashed\nRun again, with other settings if it happens again. The page and other models are not affected. (SESSION_CRASHED)');
  });
});

it('what the page gives comes back without what cannot cross', async () => {
  expect(await openModel(stageWith({ openFromGallery: () => Promise.resolve(model) }), { kind: 'gallery', id: 'm' })).toEqual({ id: 'm', summary: model.summary });
});
