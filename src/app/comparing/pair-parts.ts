import type { StreamSettings } from '../../engine/stream/shared/types';
import { statesPreprocessing } from '../../gallery/page/model-defaults';
import { defaultDrawingStyle } from '../../vision/drawing/shared/drawing-style';
import type { LivePart } from '../live/live-streams.svelte';
import { putPicture } from '../live/put-picture';
import type { Setup } from '../setup/setup';

/**
 * Two models on the same frames, each with a canvas of its own.
 * @param contexts that pictures are put on, the reference's first
 * @param mirror whether frames show the person who looks at them
 */
export function pairParts(reference: Setup, other: Setup, contexts: readonly (ImageBitmapRenderingContext | null)[], mirror: boolean): readonly LivePart[] {
  return [reference, other].map((setup, position) => ({
    model: setup.model,
    options: setup.signature.options,
    // Both are held against each other on the same pixels.
    detector: null,
    settings: settingsFor(setup, reference, mirror),
    show: (picture) => { putPicture(contexts[position] ?? null, picture); },
    // Nobody asks for what the models see.
    showPreview: (preview) => { preview.close(); },
  }));
}

/** A variant that does not say how it takes pictures takes them as the reference does, and means the same by its outputs. */
function settingsFor(setup: Setup, reference: Setup, mirror: boolean): Partial<StreamSettings> {
  const taking = (each: Setup) => each.inputs.list.find(({ preprocessing }) => preprocessing !== null);
  const [own, wanted] = [taking(setup), taking(reference)];
  const ownWay = own !== undefined && (setup === reference || own.isPreprocessingOwn || statesPreprocessing(setup.model, own.tensor.name));
  const preprocessing = (ownWay ? own : wanted)?.preprocessing ?? own?.preprocessing ?? undefined;
  return {
    ...(own === undefined ? {} : { input: own.tensor.name }),
    ...(preprocessing === undefined ? {} : { preprocessing }),
    decoder: reference.decoding.decoder, labels: reference.decoding.labels,
    drawing: { ...defaultDrawingStyle, mirror },
  };
}
