import { elementCount } from '../../../../tensor/dtype';
import { realValues } from '../../../../tensor/values';
import type { OutputTensor, Placement } from '../../../shared/types';
import { probability, unsupportedDecoder } from '../../shared/outputs';
import { yoloRowCounts, type YoloDecoder } from '../../shared/yolo-form';
import { checkLabels } from '../labels';
import { vision as text } from '../../../../messages/vision';

/** A row whose score reaches the threshold. Its box in pixels of the input. */
export interface YoloCandidate {
  readonly row: number;
  /** The best class's number; in rows of a suppressed output it may be none. */
  readonly type: number;
  readonly score: number;
  readonly centreX: number;
  readonly centreY: number;
  readonly width: number;
  readonly height: number;
}

export interface YoloRows {
  readonly candidates: readonly YoloCandidate[];
  /** A value behind box, scores and class of a row, as the model gives it. */
  extra(row: number, place: number): number;
  /** The greatest of some of these values over all rows: whether they are shares or pixels. */
  greatestExtra(places: readonly number[]): number;
}

/** A table in a tensor: a row a candidate, in whichever direction it lies. */
interface Table {
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly channels: number;
  readonly rowStep: number;
  readonly channelStep: number;
}

/** Whether the first of two dimensions counts the candidates. Inputs of a few pixels make fewer of them than there are channels. */
function liesInRows(first: number, second: number, { head }: YoloDecoder, placement: Placement): boolean {
  if (head === 'final') return true;
  const counts = yoloRowCounts(head, placement.targetWidth, placement.targetHeight);
  return counts.includes(first) ? true : counts.includes(second) ? false : first > second;
}

function tableOf(decoder: YoloDecoder, outputs: readonly OutputTensor[], placement: Placement): Table | null {
  const tables = outputs.filter(({ shape }) => elementCount(shape) > 0 && (shape.length === 2 || (shape.length === 3 && shape[0] === 1)));
  const largest = tables.reduce<OutputTensor | undefined>((best, output) => (best === undefined || elementCount(output.shape) > elementCount(best.shape) ? output : best), undefined);
  if (largest === undefined) return null;
  const [first = 0, second = 0] = largest.shape.slice(-2);
  const inRows = liesInRows(first, second, decoder, placement);
  const [rows, channels] = inRows ? [first, second] : [second, first];
  return { values: realValues(largest), rows, channels, rowStep: inRows ? channels : 1, channelStep: inRows ? 1 : rows };
}

/** Centres, and corners of final boxes, reach hardly beyond the input: shares stay far below this, pixels never do in all rows. */
const largestShare = 2;

/** The greatest finite value of some channels. */
export function greatest({ values, rows, rowStep, channelStep }: Table, channels: readonly number[]): number {
  let most = -Infinity;
  for (const channel of channels) {
    for (let row = 0; row < rows; row++) {
      const value = values[row * rowStep + channel * channelStep] as number;
      if (value > most && value < Infinity) most = value;
    }
  }
  return most;
}

/** What a share is multiplied by to become pixels of the input, for values that may be either. */
export function pixelsOf(unit: YoloDecoder['unit'], greatestValue: number, { targetWidth, targetHeight }: Placement): readonly [x: number, y: number] {
  const shares = unit === undefined ? !(greatestValue > largestShare) : unit === 'ratio';
  return shares ? [targetWidth, targetHeight] : [1, 1];
}

/** The best class of every row. */
function bestClasses({ values, rows, rowStep, channelStep }: Table, first: number, classes: number): { readonly scores: Float64Array; readonly types: Uint32Array } {
  const scores = new Float64Array(rows).fill(-Infinity);
  const types = new Uint32Array(rows);
  for (let type = 0; type < classes; type++) {
    const start = (first + type) * channelStep;
    for (let row = 0; row < rows; row++) {
      const score = values[start + row * rowStep] as number;
      if (score > (scores[row] as number)) {
        scores[row] = score;
        types[row] = type;
      }
    }
  }
  return { scores, types };
}

/**
 * Reads the one large output of a model of the YOLO family: [1, rows, channels] or [1, channels, rows] (rows alone where
 * boxes are final). A row holds the box (centre and size; corners where it is final and upright), scores as
 * `decoder.head` says, and `extras` values of the task. A score is the best class's, times the objectness where there is
 * one, as in the family's own code.
 *
 * @param corners whether final boxes are left, top, right and bottom; turned ones are not
 * @throws LitescopeError UNSUPPORTED_DECODER when there is no such output, INVALID_LABELS when there are more or fewer labels than classes
 */
export function readYoloRows(decoder: YoloDecoder, outputs: readonly OutputTensor[], placement: Placement, { extras, corners = true, labels }: { readonly extras: number; readonly corners?: boolean; readonly labels: readonly string[] | undefined }): YoloRows {
  const table = tableOf(decoder, outputs, placement);
  const final = decoder.head === 'final';
  const firstClass = decoder.head === 'objectness' ? 5 : 4;
  const classes = table === null ? 0 : table.channels - firstClass - extras;
  if (table === null || (final ? classes !== 2 : classes < 1)) throw unsupportedDecoder(text.expected.yolo(decoder.head, extras), outputs);
  if (!final) checkLabels(labels, classes);

  const at = (row: number, channel: number): number => table.values[row * table.rowStep + channel * table.channelStep] as number;
  const [scaleX, scaleY] = pixelsOf(decoder.unit, greatest(table, final ? [0, 1, 2, 3] : [0, 1]), placement);
  const best = final ? null : bestClasses(table, firstClass, classes);
  const candidates: YoloCandidate[] = [];
  for (let row = 0; row < table.rows; row++) {
    const raw = best === null ? at(row, 4) : (best.scores[row] as number) * (decoder.head === 'objectness' ? at(row, 4) : 1);
    // Written so that NaN fails too.
    if (!(raw >= decoder.scoreThreshold)) continue;
    const type = best === null ? Math.round(at(row, 5)) : best.types[row] as number;
    const [first, second, third, fourth] = [at(row, 0) * scaleX, at(row, 1) * scaleY, at(row, 2) * scaleX, at(row, 3) * scaleY];
    const box = final && corners
      ? { centreX: (first + third) / 2, centreY: (second + fourth) / 2, width: third - first, height: fourth - second }
      : { centreX: first, centreY: second, width: third, height: fourth };
    // Larger numbers than float32, the models' own type, would overflow in areas.
    if (!Object.values(box).every((value) => Number.isFinite(Math.fround(value))) || !(box.width > 0) || !(box.height > 0)) continue;
    candidates.push({ row, type, score: probability(raw), ...box });
  }
  const firstExtra = table.channels - extras;
  return { candidates, extra: (row, place) => at(row, firstExtra + place), greatestExtra: (places) => greatest(table, places.map((place) => firstExtra + place)) };
}
