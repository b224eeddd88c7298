import { LitescopeError, type SerializedError } from '../../../errors';
import type { Decoded, Decoder, Evidence, OutputTensor, Placement } from '../../shared/types';
import { conclude, readEvidence } from '.';

/**
 * Decodes for the task at hand. Outputs that do not fit the task are no failure of the run: the reason comes back beside them.
 * @param decide takes the winners; a stream blends the evidence with that of earlier frames before
 */
export function decodeOutputs(outputs: readonly OutputTensor[], placement: Placement | null, request: { readonly decoder?: Decoder | undefined; readonly labels?: readonly string[] | undefined }, decide: (evidence: Evidence) => Decoded = conclude): { decoded: Decoded | null; decodeError: SerializedError | null } {
  const { decoder, labels } = request;
  if (decoder === undefined || (placement === null && !withoutPlaces.includes(decoder.kind))) return { decoded: null, decodeError: null };
  try {
    return { decoded: decide(readEvidence(decoder, outputs, placement ?? noPlacement, labels)), decodeError: null };
  } catch (error) {
    return { decoded: null, decodeError: LitescopeError.from(error, 'UNSUPPORTED_DECODER').serialize() };
  }
}

/** Boxes and points need the picture that they lie on; these do not. */
const withoutPlaces: readonly Decoder['kind'][] = ['classification', 'text', 'embedding'];

const noPlacement: Placement = { sourceWidth: 1, sourceHeight: 1, targetWidth: 1, targetHeight: 1, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
