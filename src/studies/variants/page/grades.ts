import type { AgreementSummary } from '../../../vision/agreement/shared/summary';
import { studies as text } from '../../../messages/studies';

/** How near a variant is to its original, the best first. */
export const grades = ['good', 'usable', 'doubtful', 'wrong'] as const;
export type Grade = (typeof grades)[number];

/** What a figure must reach for each grade; what misses `doubtful` is wrong. Where `good` is the least of them, less is better. */
export interface GradeLines {
  readonly good: number;
  readonly usable: number;
  readonly doubtful: number;
}

/** A figure that tells how near a variant is, with the lines that it is held against. */
export interface GradedFigure {
  readonly name: string;
  readonly value: number;
  /** `share`: 0 to 1. */
  readonly unit: 'dB' | 'share';
  readonly lines: GradeLines;
  readonly grade: Grade;
}

/** Values that are no numbers are wrong. */
export function gradeOf(value: number, lines: GradeLines): Grade {
  const lessIsBetter = lines.good < lines.doubtful;
  const reaches = (line: number): boolean => (lessIsBetter ? value <= line : value >= line);
  return (['good', 'usable', 'doubtful'] as const).find((grade) => reaches(lines[grade])) ?? 'wrong';
}

/** @returns `good` without any */
export function worstGrade(all: readonly Grade[]): Grade {
  return grades[Math.max(0, ...all.map((grade) => grades.indexOf(grade)))] ?? 'wrong';
}

/** One best class for nearly every input: MLPerf asks a quantized model for 99 % of the original's accuracy, and classes that agree lose none. */
const classesKept: GradeLines = { good: 0.99, usable: 0.95, doubtful: 0.5 };
/** Of what either finds, what both find. */
const foundByBoth: GradeLines = { good: 0.95, usable: 0.8, doubtful: 0.5 };
/** COCO counts a box as found from an IoU of 0.5 and as well placed from 0.75; from 0.9 two look the same. */
const overlap: GradeLines = { good: 0.9, usable: 0.75, doubtful: 0.5 };
/** Of the object's size. People who mark the same landmarks differ by some percent; benchmarks count a tenth as a failure. */
const distance: GradeLines = { good: 0.01, usable: 0.03, doubtful: 0.1 };
/** Of the range from black to white: 1 % is 2.5 of 255 steps. */
const colour: GradeLines = { good: 0.01, usable: 0.03, doubtful: 0.1 };
/** Of the reference's characters: a hundredth is less than readers of print get wrong themselves. */
const characters: GradeLines = { good: 0.01, usable: 0.05, doubtful: 0.2 };
/** Vectors of one face or thing are seldom nearer than 0.9 to each other: what is lost must be small against that. */
const direction: GradeLines = { good: 0.99, usable: 0.97, doubtful: 0.9 };
/** Of the way from far to near, as coarse as colours are. */
const nearness: GradeLines = colour;

/** What agreement says of a variant; nothing where neither model found anything. */
export function gradeAgreement(summary: AgreementSummary): readonly GradedFigure[] {
  switch (summary.kind) {
    case 'classes': return [share(text.sameBestClass, summary.top1 / summary.samples, classesKept)];
    case 'mask': return [share(text.masksIou, summary.mean_iou, overlap)];
    case 'class-map': return [share(text.classesIou, summary.mean_iou, overlap)];
    case 'landmarks': return [share(text.landmarkDistance, summary.mean_distance, distance)];
    case 'text': return summary.error_rate === null ? [] : [share(text.charactersWrong, summary.error_rate, characters)];
    case 'embedding': return [share(text.cosine, summary.mean_cosine, direction)];
    case 'depth': return [share(text.depthDifference, summary.mean_difference, nearness)];
    case 'picture': return [share(text.colourDifference, summary.mean_difference, colour)];
    case 'detections': return [...found(text.boxesFound, summary), ...(summary.mean_iou === null ? [] : [share(text.boxesIou, summary.mean_iou, overlap)])];
    case 'instances': return [...found(text.boxesFound, summary), ...(summary.mean_iou === null ? [] : [share(text.masksIou, summary.mean_iou, overlap)])];
    case 'skeletons': return [...found(text.bodiesFound, summary), ...(summary.mean_distance === null ? [] : [share(text.pointDistance, summary.mean_distance, distance)])];
  }
}

function found(name: string, { matched, missing, extra }: { readonly matched: number; readonly missing: number; readonly extra: number }): readonly GradedFigure[] {
  const all = matched + missing + extra;
  return all === 0 ? [] : [share(name, matched / all, foundByBoth)];
}

function share(name: string, value: number, lines: GradeLines): GradedFigure {
  return { name, value, unit: 'share', lines, grade: gradeOf(value, lines) };
}
