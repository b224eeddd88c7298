import { LitescopeError } from '../../../errors';
import { studies as text } from '../../../messages/studies';
import { realValues } from '../../../tensor/values';
import { readModelFile } from '../../../tflite/format/read-model-file';
import { serve } from '../../../threads/worker/serve';
import type { LayerPlan, LayerSample, TensorError } from '../shared/layers';
import { ChannelErrors } from './channel-errors';
import { planLayers } from './layer-plan';

let planned: LayerPlan | null = null;
let errors: readonly ChannelErrors[] = [];

/** It serves one comparison. Each call is one step that cannot stop in its middle. */
const methods = {
  /** Files cross by reference. */
  async plan({ a, b }: { readonly a: Blob; readonly b: Blob }): Promise<LayerPlan> {
    planned = planLayers(await readModelFile(a), await readModelFile(b));
    errors = planned.pairs.map(() => new ChannelErrors());
    return planned;
  },
  /** The tensors are moved in. */
  add({ part, a, b }: LayerSample): void {
    for (const [place, position] of (planned?.parts[part] ?? []).entries()) {
      const [one, other] = [a[place], b[place]];
      if (one === undefined || other === undefined) throw new LitescopeError('INTERNAL', text.notHandedOut(position));
      errors[position]?.add(realValues(one), realValues(other), one.shape);
    }
  },
  /** In the order of the plan's pairs. */
  result: (): readonly TensorError[] => errors.map((each) => each.result()),
};

export type LayerMethods = typeof methods;

serve(methods);
