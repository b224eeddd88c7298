import { agree } from '../../../vision/agreement/worker/agree';
import { listedClasses } from '../../../vision/agreement/shared/labelled';
import type { Agreement } from '../../../vision/agreement/shared/types';
import { decode } from '../../../vision/decoders/worker';
import type { Decoded, Decoder, Placement } from '../../../vision/shared/types';
import type { RunOutputs } from '../shared/protocol';

/** Classes lie on no picture. */
const noPlacement: Placement = { sourceWidth: 1, sourceHeight: 1, targetWidth: 1, targetHeight: 1, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };

/**
 * What a run found, to be held against another one's result. Five classes are compared, however few are shown, and none is
 * left out for its score.
 *
 * @returns null where results lie on a picture and the run was of none
 * @throws LitescopeError and RangeError for outputs that are not of this task
 */
export function decodeToCompare(decoder: Decoder, labels: readonly string[] | undefined, { outputs, placement }: RunOutputs): Decoded | null {
  if (placement === null && decoder.kind !== 'classification') return null;
  return decode(comparable(decoder), outputs, placement ?? noPlacement, labels);
}

function comparable(decoder: Decoder): Decoder {
  if (decoder.kind !== 'classification') return decoder;
  const { scoreThreshold: _, ...rest } = decoder;
  return { ...rest, top: listedClasses };
}

/** Models of one task may give maps of different sizes: then there is no such figure. */
export function agreementOf(reference: Decoded, other: Decoded): Agreement | null {
  try {
    return agree(reference, other);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
