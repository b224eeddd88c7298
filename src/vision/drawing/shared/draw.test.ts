import { describe, expect, it } from 'vitest';
import { drawMarks, type DrawingContext } from './draw';
import type { Decoded } from '../../shared/types';

interface Call {
  readonly name: string;
  readonly values: readonly unknown[];
}

/** A context that writes down its calls; only what `drawMarks` uses exists. */
class RecordingContext {
  readonly calls: Call[] = [];
  lineWidth = 0;
  font = '';
  strokeStyle = '';
  fillStyle = '';
  constructor(readonly canvas = { width: 0, height: 0 }) {}

  private note(name: string, ...values: readonly unknown[]): void {
    this.calls.push({ name, values });
  }

  save(): void { this.note('save'); }
  restore(): void { this.note('restore'); }
  beginPath(): void { this.note('beginPath'); }
  moveTo(x: number, y: number): void { this.note('moveTo', x, y); }
  lineTo(x: number, y: number): void { this.note('lineTo', x, y); }
  arc(x: number, y: number, radius: number): void { this.note('arc', x, y, radius); }
  closePath(): void { this.note('closePath'); }
  stroke(): void { this.note('stroke', this.lineWidth); }
  fill(): void { this.note('fill', this.fillStyle); }
  strokeRect(...values: number[]): void { this.note('strokeRect', ...values, this.lineWidth); }
  fillRect(...values: number[]): void { this.note('fillRect', ...values); }
  fillText(...values: unknown[]): void { this.note('fillText', ...values, this.font); }
  measureText(text: string): { width: number } { return { width: text.length * 8 }; }

  of(name: string): readonly (readonly unknown[])[] {
    return this.calls.filter((call) => call.name === name).map(({ values }) => values);
  }
}

function drawn(decoded: Decoded, scale: number, context = new RecordingContext()): RecordingContext {
  drawMarks(context as unknown as DrawingContext, decoded, { width: 640, height: 480 }, scale);
  return context;
}

const face: Decoded = { kind: 'detections', detections: [{ box: { x: 100, y: 50, width: 200, height: 220 }, score: 0.934, label: 'face', keypoints: [{ x: 150, y: 90 }, { x: NaN, y: 1 }] }] };

describe('drawMarks', () => {
  it('puts boxes, labels and key points at the canvas’s scale and leaves the state alone', () => {
    const context = drawn(face, 0.5);
    expect(context.of('strokeRect').map((values) => values.slice(0, 4))).toEqual([[50, 25, 100, 110], [50, 25, 100, 110]]);
    expect(context.of('fillText')[0]?.[0]).toBe('face 93 %');
    expect(context.of('arc').map(([x, y]) => [x, y])).toEqual([[75, 45], [75, 45]]);
    expect([context.calls[0]?.name, context.calls.at(-1)?.name]).toEqual(['save', 'restore']);
  });

  it('turns oriented boxes about their centres, with the label at the highest corner', () => {
    const turned: Decoded = { kind: 'detections', detections: [{ box: { x: 100, y: 100, width: 40, height: 20 }, angle: Math.PI / 2, score: 0.5, label: 'ship', keypoints: [] }] };
    const context = drawn(turned, 2);
    const places = ['moveTo', 'lineTo'].flatMap((name) => context.of(name).map((values) => values.map(Number)));
    // Rim and line: each through the same four corners, a quarter turn about (120, 110).
    const rounded = places.map((values) => values.map((value) => Math.round(value * 1e6) / 1e6).join(' '));
    expect(new Set(rounded)).toEqual(new Set(['260 180', '260 260', '220 260', '220 180']));
    expect(context.of('closePath')).toHaveLength(2);
    expect(context.of('strokeRect')).toEqual([]);
    expect(Number(context.of('fillRect')[0]?.[1])).toBeLessThan(180);
  });

  it('draws many points finely, and those of an absent object not at all', () => {
    const of = (count: number, score: number | null): Decoded => ({ kind: 'landmarks', points: Array.from({ length: count }, (_, index) => ({ x: index, y: index })), connections: [], score });
    const radii = (decoded: Decoded): number[] => drawn(decoded, 1).of('arc').map(([, , radius]) => Number(radius));
    const [few, many] = [radii(of(21, 0.9)), radii(of(468, null))];
    expect([few.length, many.length]).toEqual([2 * 21, 2 * 468]);
    expect(Math.max(...many)).toBeLessThan(Math.min(...few) / 2);
    expect(radii(of(468, 0.4))).toEqual([]);
  });

  it('keeps labels inside the canvas', () => {
    const context = drawn({ kind: 'detections', detections: [{ box: { x: -20, y: -30, width: 90, height: 90 }, score: 1, label: 'face', keypoints: [] }] }, 1);
    expect(context.of('fillRect')[0]?.[1]).toBe(0);
  });

  it('grows with the picture, within what can be read', () => {
    const measures = (scale: number): [line: number, font: number] => {
      const context = drawn(face, scale);
      return [Number(context.of('strokeRect')[1]?.at(-1)), parseFloat(/(\d+(\.\d+)?)px/.exec(String(context.of('fillText')[0]?.at(-1)))?.[1] ?? '')];
    };
    const [phone, large, huge] = [measures(390 / 640), measures(2000 / 640), measures(50)] as const;
    expect(phone).toEqual([2, 13]);
    expect(large[0]).toBeGreaterThan(6);
    expect(large[1]).toBeGreaterThan(30);
    expect(huge).toEqual([10, 48]);
  });

  it('joins landmarks that are visible, and nothing that is absent', () => {
    const points = [{ x: 10, y: 10 }, { x: 20, y: 30, visibility: 0.9 }, { x: 50, y: 50, visibility: 0.1 }, { x: NaN, y: 0 }];
    const landmarks = { kind: 'landmarks', points, connections: [[0, 1], [1, 2], [0, 3], [0, 9]], score: 0.8 } as const;
    const context = drawn(landmarks, 2);
    expect(context.of('moveTo')).toEqual([[20, 20]]);
    expect(context.of('lineTo')).toEqual([[40, 60]]);
    expect(context.of('arc')).toHaveLength(4);
    expect(drawn({ ...landmarks, score: 0.3 }, 2).calls.map(({ name }) => name)).toEqual(['save', 'restore']);
  });

  it('joins every body by its own threshold', () => {
    const body = (x: number) => ({ points: [{ x, y: 0, visibility: 0.4 }, { x, y: 9, visibility: 0.35 }, { x, y: 5, visibility: 0.2 }], score: 0.9 });
    const context = drawn({ kind: 'skeletons', skeletons: [body(10), body(20)], connections: [[0, 1], [1, 2]], threshold: 0.3 }, 2);
    expect(context.of('moveTo')).toEqual([[20, 0], [40, 0]]);
    expect(context.of('lineTo')).toEqual([[20, 18], [40, 18]]);
    // A rim and a dot for each point that is sure.
    expect(context.of('arc')).toHaveLength(8);
  });

  it('draws nothing for classes', () => {
    expect(drawn({ kind: 'classes', classes: [{ index: 0, label: 'cat', score: 1 }] }, 1).calls.map(({ name }) => name)).toEqual(['save', 'restore']);
  });
});
