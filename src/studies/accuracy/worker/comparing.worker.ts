import * as comlink from 'comlink';
import { LitescopeError } from '../../../errors';
import { decodedBuffers } from '../../../vision/shared/types';
import { toResult } from '../../../threads/shared/result';
import { OutputComparison } from './output-comparison';
import type { ComparingWorker } from '../shared/protocol';

let comparison: OutputComparison | null = null;

function current(): OutputComparison {
  if (comparison === null) throw new LitescopeError('INTERNAL', 'A comparison has not begun.');
  return comparison;
}

const exposed: ComparingWorker = {
  begin: (setup) => toResult(() => { comparison = new OutputComparison(setup); }),
  async add(label, runs) {
    const added = await toResult(() => current().add(label, runs));
    return added.ok ? comlink.transfer(added, added.value.models.flatMap((model) => decodedBuffers(model?.result?.decoded ?? null))) : added;
  },
  result: () => toResult(() => current().result()),
  // Each call is one step that cannot stop in its middle; the page ends the worker when it takes too long.
  cancel: () => undefined,
};

comlink.expose(exposed);
