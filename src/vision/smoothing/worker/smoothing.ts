import { conclude } from '../../decoders/worker';
import { blendDetections, blendInstances, blendLandmarks, blendSkeletons } from './smoothing-places';
import { blendIds, blendValues, voteFor, type Votes } from './smoothing-values';
import { lengthOf } from '../../shared/vectors';
import type { Decoded, Evidence } from '../../shared/types';

/** Time constant of the filter at a strength of one half, in milliseconds. */
const halfStrength_ms = 100;

/** Frames further apart than this have nothing to do with each other, in milliseconds. */
const longestGap_ms = 1000;

/**
 * What a new frame counts against all earlier ones: 1 − e^(−Δt ÷ τ) with τ = 100 ms × strength ÷ (1 − strength). A step
 * has thus gone 63 % of its way after τ, at any frame rate: 100 ms at a strength of 0.5, 400 ms at 0.8, 1.9 s at 0.95.
 *
 * @param strength 0 (only the new frame counts) to below 1
 */
export function newShare(elapsed_ms: number, strength: number): number {
  if (!(strength > 0)) return 1;
  const constant_ms = (halfStrength_ms * strength) / (1 - strength);
  return 1 - Math.exp(-elapsed_ms / constant_ms);
}

/** What must stay the same for a frame to be blended with the one before. */
function formOf(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'class-scores': return `${evidence.kind} ${evidence.scores.length}`;
    case 'embedding': return `${evidence.kind} ${evidence.values.length}`;
    case 'landmarks': return `${evidence.kind} ${evidence.points.length}`;
    case 'mask':
    case 'depth':
    case 'instances':
    case 'map-ids':
    case 'map-scores': return `${evidence.kind} ${evidence.width} ${evidence.height} ${evidence.kind === 'map-scores' ? evidence.classes : 1}`;
    default: return evidence.kind;
  }
}

interface Memory {
  readonly form: string;
  time_ms: number;
  /** Places as they were shown last. */
  found: Evidence | null;
  /** Scores and probabilities, unrounded. */
  values: Float32Array | Float64Array | null;
  votes: Votes | null;
}

/**
 * Blends what each frame of a stream shows with the frames before, so that lists, boxes and edges do not flicker: scores
 * of all classes, masks, depths and score maps value by value, maps of class numbers by a vote of each pixel, boxes and bodies
 * with those of the frame before that they overlap, landmarks point by point. What appears, or comes back, is where it
 * is at once and is not dragged there from where it was last; what disappears is gone at once. Pictures and
 * text stay as they are, since blended ones are ghosts of what moved.
 *
 * One for each stream; not for frames of several.
 */
export class Smoother {
  #memory: Memory | null = null;

  /** The next frame starts anew: after a change of source, model or frame size. */
  reset(): void {
    this.#memory = null;
  }

  /**
   * Starts anew by itself when kind or size of the evidence changes, after a gap of a second, and when time goes back.
   *
   * @param evidence not changed; its buffers may be part of what is returned
   * @param time_ms of the frame's capture, on any clock that goes on evenly
   * @param strength 0 to below 1, see `newShare`; 0 changes nothing
   */
  smooth(evidence: Evidence, time_ms: number, strength: number): Decoded {
    if (!(strength > 0)) {
      this.#memory = null;
      return conclude(evidence);
    }
    const form = formOf(evidence);
    const before = this.#memory;
    const elapsed_ms = before === null ? 0 : time_ms - before.time_ms;
    const goesOn = before !== null && before.form === form && elapsed_ms >= 0 && elapsed_ms <= longestGap_ms;
    const memory = goesOn ? before : { form, time_ms, found: null, values: null, votes: null };
    this.#memory = memory;
    memory.time_ms = time_ms;
    return conclude(blend(evidence, memory, goesOn ? newShare(elapsed_ms, strength) : 1));
  }
}

function blend(evidence: Evidence, memory: Memory, share: number): Evidence {
  switch (evidence.kind) {
    case 'class-scores': {
      const scores = memory.values instanceof Float64Array ? memory.values : Float64Array.from(evidence.scores);
      memory.values = blendValues(scores, evidence.scores, share);
      return { ...evidence, scores };
    }
    case 'map-scores': {
      const scores = memory.values ?? evidence.scores.slice();
      memory.values = blendValues(scores, evidence.scores, share);
      return { ...evidence, scores };
    }
    case 'mask':
      memory.values = blendValues(memory.values ?? Float32Array.from(evidence.mask), evidence.mask, share);
      return { ...evidence, mask: new Uint8ClampedArray(memory.values) };
    case 'depth':
      memory.values = blendValues(memory.values ?? Float32Array.from(evidence.nearness), evidence.nearness, share);
      return { ...evidence, nearness: new Uint8ClampedArray(memory.values) };
    case 'map-ids':
      memory.votes = blendIds(memory.votes ?? voteFor(evidence.ids), evidence.ids, share);
      return { ...evidence, ids: memory.votes.ids.slice() };
    case 'text':
    case 'picture': return evidence;
    case 'embedding': {
      const values = memory.values instanceof Float32Array ? memory.values : evidence.values.slice();
      memory.values = blendValues(values, evidence.values, share);
      return { ...evidence, values: values.slice(), length: lengthOf(values) };
    }
    case 'detections': return memory.found = memory.found?.kind === evidence.kind ? blendDetections(memory.found, evidence, share) : evidence;
    case 'instances': return memory.found = memory.found?.kind === evidence.kind ? blendInstances(memory.found, evidence, share) : evidence;
    case 'landmarks': return memory.found = memory.found?.kind === evidence.kind ? blendLandmarks(memory.found, evidence, share) : evidence;
    case 'skeletons': return memory.found = memory.found?.kind === evidence.kind ? blendSkeletons(memory.found, evidence, share) : evidence;
  }
}
