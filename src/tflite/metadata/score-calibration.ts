/** How a model's raw scores become comparable ones: a sigmoid for each class over a transformation of the score. */
export interface ScoreCalibration {
  readonly transformation: 'identity' | 'log' | 'inverse-logistic';
  /** For classes without parameters and scores below a class's least. */
  readonly defaultScore: number;
  /** One for each class; null where the file gives a class no parameters. */
  readonly classes: readonly (CalibratedClass | null)[];
}

/** score = scale ÷ (1 + e^−(slope × transformed + offset)) */
export interface CalibratedClass {
  readonly scale: number;
  readonly slope: number;
  readonly offset: number;
  readonly leastScore?: number | undefined;
}

/** More classes than any classifier has. */
const mostClasses = 200_000;

/**
 * Reads the file of a TFLite model's score calibration: a line for each class with scale, slope, offset and, as it may be, the
 * least score; an empty line for a class without. The form is that of MediaPipe's score_calibration_utils.cc.
 *
 * @returns null for a file of another form
 */
export function readCalibrationLines(content: string): ScoreCalibration['classes'] | null {
  const lines = content.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0 || lines.length > mostClasses) return null;
  const classes: (CalibratedClass | null)[] = [];
  for (const line of lines) {
    if (line.trim() === '') {
      classes.push(null);
      continue;
    }
    const parts = line.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    const [scale = Number.NaN, slope = 0, offset = 0, leastScore] = parts;
    if ((parts.length !== 3 && parts.length !== 4) || !parts.every(Number.isFinite) || scale < 0) return null;
    classes.push({ scale, slope, offset, ...(leastScore === undefined ? {} : { leastScore }) });
  }
  return classes;
}

/** Below it the logarithm goes on in a way that keeps the order of scores, as MediaPipe's score_calibration_calculator.cc has it. */
const leastLogged = 1e-16;

function clampedLog(value: number): number {
  return value < leastLogged ? 2 * Math.log(leastLogged) - Math.log(2 * leastLogged - value) : Math.log(value);
}

/** A raw score of a class as a calibrated one, from 0 to the class's scale. */
export function calibrate({ transformation, defaultScore, classes }: ScoreCalibration, index: number, score: number): number {
  const parameters = classes[index] ?? null;
  if (parameters === null || (parameters.leastScore !== undefined && score < parameters.leastScore)) return defaultScore;
  const transformed = transformation === 'identity' ? score : transformation === 'log' ? clampedLog(score) : clampedLog(score) - clampedLog(1 - score);
  return parameters.scale / (1 + Math.exp(-(transformed * parameters.slope + parameters.offset)));
}
