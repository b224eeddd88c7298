import * as comlink from 'comlink';
import { LitescopeError } from '../../../errors';
import { realValues } from '../../../tensor/values';
import { readModelFile } from '../../../tflite/format/read-model-file';
import { toResult } from '../../../threads/shared/result';
import { ChannelErrors } from './channel-errors';
import { planLayers, type LayerPlan } from './layer-plan';
import type { LayersWorker } from '../shared/layers-protocol';

let plan: LayerPlan | null = null;
let errors: readonly ChannelErrors[] = [];

const exposed: LayersWorker = {
  plan: (a, b) => toResult(async () => {
    plan = planLayers(await readModelFile(a), await readModelFile(b));
    errors = plan.pairs.map(() => new ChannelErrors());
    return plan;
  }),
  add: (part, a, b) => toResult(() => {
    for (const [place, position] of (plan?.parts[part] ?? []).entries()) {
      const [one, other] = [a[place], b[place]];
      if (one === undefined || other === undefined) throw new LitescopeError('INTERNAL', `Tensor ${position} was not handed out.`);
      errors[position]?.add(realValues(one), realValues(other), one.shape);
    }
  }),
  result: () => toResult(() => errors.map((each) => each.result())),
  // Each call is one step that cannot stop in its middle; the page ends the worker when it takes too long.
  cancel: () => undefined,
};

comlink.expose(exposed);
