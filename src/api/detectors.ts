import type { StreamTarget } from '../engine/live/page/stream';
import type { StreamSettings } from '../engine/stream/shared/types';
import { LitescopeError } from '../errors';
import { streamSettings } from '../gallery/page/model-defaults';
import { api as text } from '../messages/api';
import { regionRulesFor } from '../vision/pipelines/shared/regions';
import type { OpenModel } from './types';

/**
 * How a detector finds what a model of landmarks is given.
 * @param settings of the stream through the model
 * @throws LitescopeError UNSUPPORTED_PIPELINE where nobody knows how the one follows from the other
 */
export function detectorFor(model: Pick<OpenModel, 'name'>, settings: StreamSettings, detector: OpenModel): NonNullable<StreamTarget['detector']> {
  const rules = regionRulesFor(settings.decoder);
  const own = streamSettings(detector, { preview: settings.preview, drawing: settings.drawing }, {});
  if (rules === null || own.decoder?.kind !== rules.detector) throw new LitescopeError('UNSUPPORTED_PIPELINE', text.notBefore(detector.name, model.name));
  return { model: detector, settings: own, rules };
}
