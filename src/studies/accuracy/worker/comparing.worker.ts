import { transfer } from 'comlink';
import { LitescopeError } from '../../../errors';
import { studies as text } from '../../../messages/studies';
import { serve } from '../../../threads/worker/serve';
import { decodedBuffers } from '../../../vision/shared/types';
import type { ComparedSample, ComparisonSetup, ModelErrors, RunSample } from '../shared/protocol';
import { OutputComparer } from './output-comparer';

let comparer: OutputComparer | null = null;

function current(): OutputComparer {
  if (comparer === null) throw new LitescopeError('INTERNAL', text.comparisonNotBegun);
  return comparer;
}

/** It serves one comparison. Each call is one step that cannot stop in its middle. */
const methods = {
  begin(setup: ComparisonSetup): void { comparer = new OutputComparer(setup); },
  /** The outputs are moved in; masks and pictures of what was decoded are moved back. */
  add({ label, runs }: RunSample): ComparedSample {
    const added = current().add(label, runs);
    return transfer(added, added.models.flatMap((model) => decodedBuffers(model?.result?.decoded ?? null)));
  },
  result: (): readonly ModelErrors[] => current().result(),
};

export type ComparingMethods = typeof methods;

serve(methods);
