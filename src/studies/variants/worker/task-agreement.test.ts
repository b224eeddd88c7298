import { describe, expect, it } from 'vitest';
import type { Decoder, OutputTensor, Placement } from '../../../vision/shared/types';
import { TaskAgreement } from './task-agreement';

const scores = (...values: number[]): OutputTensor[] => [{ name: 'scores', dtype: 'float32', shape: [1, values.length], data: Float32Array.from(values).buffer }];
/** As a variant gives them whose output is int8. */
const rounded = (...values: number[]): OutputTensor[] => [{ name: 'scores', dtype: 'int8', shape: [1, values.length], quantization: { scale: [1 / 256], zeroPoint: [-128], dimension: 0 }, data: Int8Array.from(values, (value) => value * 256 - 128).buffer }];
const mask = (...values: number[]): OutputTensor[] => [{ name: 'mask', dtype: 'float32', shape: [1, 2, 2, 1], data: Float32Array.from(values).buffer }];
const picture: Placement = { sourceWidth: 2, sourceHeight: 2, targetWidth: 2, targetHeight: 2, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
const classes = { decoder: { kind: 'classification', top: 1, scoreThreshold: 0.9 }, labels: undefined, placement: null } as const;

describe('TaskAgreement', () => {
  it('counts inputs on which a variant names the same class, whatever type its scores have and however low they are', () => {
    const task = new TaskAgreement();
    task.add(classes, scores(0.125, 0.5, 0.25), rounded(0.125, 0.375, 0.25));
    task.add(classes, scores(0.125, 0.5, 0.25), rounded(0.5, 0.25, 0.125));
    expect(task.result()).toEqual({ agreement: { kind: 'classes', samples: 2, top1: 1, top5: 2 }, decodeError: null });
  });

  const segmentation: Decoder = { kind: 'selfie-segmentation' };

  it('finds how far masks overlap, and nothing where there was no picture', () => {
    const task = new TaskAgreement();
    task.add({ decoder: segmentation, labels: undefined, placement: null }, mask(1, 1, 0, 0), mask(0, 0, 1, 1));
    expect(task.result()).toEqual({ agreement: null, decodeError: null });
    task.add({ decoder: segmentation, labels: undefined, placement: picture }, mask(1, 1, 0, 0), mask(1, 0, 0, 0));
    expect(task.result().agreement).toEqual({ kind: 'mask', samples: 1, mean_iou: 0.5, least_iou: 0.5 });
  });

  it('says why outputs cannot be decoded', () => {
    const task = new TaskAgreement();
    task.add({ decoder: { kind: 'face-detection', anchors: { strides: [8], perCell: 2 }, scoreThreshold: 0.5, overlapThreshold: 0.3 }, labels: undefined, placement: picture }, scores(1, 2), scores(1, 2));
    expect(task.result()).toMatchObject({ agreement: null, decodeError: { code: 'UNSUPPORTED_DECODER' } });
  });
});
