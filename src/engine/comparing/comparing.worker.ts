import * as comlink from 'comlink';
import { LitescopeError } from '../../errors';
import { toResult } from '../result';
import { OutputComparison } from './output-comparison';
import type { ComparingWorker } from './protocol';

let comparison: OutputComparison | null = null;

function current(): OutputComparison {
  if (comparison === null) throw new LitescopeError('INTERNAL', 'A comparison has not begun.');
  return comparison;
}

const exposed: ComparingWorker = {
  begin: (setup) => toResult(() => { comparison = new OutputComparison(setup); }),
  add: (label, runs) => toResult(() => current().add(label, runs)),
  result: () => toResult(() => current().result()),
  // Each call is one step that cannot stop in its middle; the page ends the worker when it takes too long.
  cancel: () => undefined,
};

comlink.expose(exposed);
