import { describe, expect, it } from 'vitest';
import type { AgreementSummary } from '../../../vision/agreement/shared/summary';
import { gradeAgreement, gradeOf, worstGrade } from './grades';

describe('gradeOf', () => {
  it.each([[0.9, 'good'], [0.89, 'usable'], [0.7, 'usable'], [0.5, 'doubtful'], [0.49, 'wrong'], [NaN, 'wrong']] as const)('takes %d for %s where more is better', (value, grade) => {
    expect(gradeOf(value, { good: 0.9, usable: 0.7, doubtful: 0.5 })).toBe(grade);
  });

  it.each([[0.01, 'good'], [0.02, 'usable'], [0.1, 'doubtful'], [0.11, 'wrong'], [NaN, 'wrong']] as const)('takes %d for %s where less is better', (value, grade) => {
    expect(gradeOf(value, { good: 0.01, usable: 0.03, doubtful: 0.1 })).toBe(grade);
  });
});

describe('worstGrade', () => {
  it('is the worst of all', () => {
    expect([worstGrade(['good', 'doubtful', 'usable']), worstGrade(['good', 'wrong']), worstGrade([])]).toEqual(['doubtful', 'wrong', 'good']);
  });
});

describe('gradeAgreement', () => {
  const boxes = (matched: number, missing: number, extra: number, mean_iou: number | null): AgreementSummary => ({ kind: 'detections', samples: 3, matched, missing, extra, mean_iou, least_iou: mean_iou, score_difference: 0.1 });
  const points = (mean_distance: number): AgreementSummary => ({ kind: 'landmarks', samples: 3, mean_distance, greatest_distance: 1, score_difference: 0 });
  const bodies = (matched: number, missing: number, mean_distance: number | null): AgreementSummary => ({ kind: 'skeletons', samples: 3, matched, missing, extra: 0, mean_distance, greatest_distance: mean_distance, score_difference: 0 });

  it.each<[AgreementSummary, readonly (readonly [value: number, grade: string])[]]>([
    [{ kind: 'classes', samples: 100, top1: 99, top5: 100 }, [[0.99, 'good']]],
    [{ kind: 'classes', samples: 16, top1: 15, top5: 16 }, [[0.9375, 'doubtful']]],
    [{ kind: 'classes', samples: 16, top1: 7, top5: 16 }, [[0.4375, 'wrong']]],
    [boxes(19, 1, 0, 0.93), [[0.95, 'good'], [0.93, 'good']]],
    [boxes(2, 1, 1, 0.8), [[0.5, 'doubtful'], [0.8, 'usable']]],
    [boxes(0, 2, 0, null), [[0, 'wrong']]],
    [boxes(0, 0, 0, null), []],
    [{ kind: 'mask', samples: 2, mean_iou: 0.95, least_iou: 0.1 }, [[0.95, 'good']]],
    [{ kind: 'class-map', samples: 2, mean_iou: 0.6, least_iou: 0.1, same: 0.99 }, [[0.6, 'doubtful']]],
    [points(0.005), [[0.005, 'good']]],
    [points(0.2), [[0.2, 'wrong']]],
    [bodies(1, 0, 0.02), [[1, 'good'], [0.02, 'usable']]],
    [bodies(0, 0, null), []],
    [{ kind: 'picture', samples: 1, mean_difference: 0.02, greatest_difference: 1 }, [[0.02, 'usable']]],
  ])('grades %j', (summary, expected) => {
    expect(gradeAgreement(summary).map(({ value, grade }) => [value, grade])).toEqual(expected);
  });
});
