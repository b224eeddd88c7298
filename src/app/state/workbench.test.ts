import { describe, expect, test } from 'vitest';
import { LitescopeError } from '../../errors';
import { fakeLitescope, openedModel } from '../testing/fakes';
import { Pictures } from '../setup/pictures.svelte';
import { Problems } from './problems.svelte';
import { Workbench } from './workbench.svelte';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => openedModel(letter.repeat(16)));
if (a === undefined || b === undefined || c === undefined) throw new Error('Three models are needed.');

describe('the models that are open', () => {
  test('keep their choices when the same file is opened again', () => {
    const workbench = new Workbench(fakeLitescope({}), new Pictures());
    workbench.add(a);
    const [work] = workbench.models;
    work?.decoding.choose('none');
    workbench.add(b);
    expect(workbench.selected?.model.id).toBe(b.id);
    workbench.add({ ...a });
    expect([workbench.models.map(({ model }) => model.id), workbench.selected === work, work?.decoding.choice]).toEqual([[a.id, b.id], true, 'none']);
    workbench.select(null);
    expect(workbench.selected).toBeNull();
  });

  test('give way to the next one when the one that is looked at is closed, else to the one before, else to the start', () => {
    const closed: string[] = [];
    const workbench = new Workbench(fakeLitescope({ close: (id) => { closed.push(id); } }), new Pictures());
    for (const model of [a, b, c]) workbench.add(model);
    workbench.select(b.id);
    workbench.close(b.id);
    expect(workbench.selected?.model.id).toBe(c.id);
    workbench.close(c.id);
    expect(workbench.selected?.model.id).toBe(a.id);
    workbench.add(b);
    workbench.close(a.id);
    // Closing another one changes nothing for the one that is looked at.
    expect(workbench.selected?.model.id).toBe(b.id);
    workbench.close(b.id);
    expect([workbench.selected, closed]).toEqual([null, [b.id, c.id, a.id, b.id]]);
  });
});

describe('problems', () => {
  test('are shown where they arose, with those of no model', () => {
    const problems = new Problems();
    problems.add('run', 'a.tflite', new LitescopeError('INVALID_INPUT', 'no'), a.id);
    problems.add('run', 'b.tflite', new LitescopeError('INVALID_LABELS', 'no'), b.id);
    problems.add('run', 'a file', new LitescopeError('FILE_UNREADABLE', 'no'));
    problems.add('live', 'a.tflite', new LitescopeError('CAMERA_BUSY'), a.id);
    const codes = (list: Problems['list']) => list.map(({ error: { code } }) => code);
    expect(codes(problems.at('run', a.id))).toEqual(['FILE_UNREADABLE', 'INVALID_INPUT']);
    expect(codes(problems.at('run'))).toEqual(['FILE_UNREADABLE', 'INVALID_LABELS', 'INVALID_INPUT']);
    problems.clear('run', a.id);
    expect(codes(problems.list)).toEqual(['CAMERA_BUSY', 'FILE_UNREADABLE', 'INVALID_LABELS']);
    problems.dismiss(problems.list[0]?.id ?? -1);
    expect(codes(problems.list)).toEqual(['FILE_UNREADABLE', 'INVALID_LABELS']);
  });

  test('are told while what caused them is so, and go with their model', () => {
    const problems = new Problems();
    let threads = 4;
    problems.add('run', 'a.tflite', new LitescopeError('OUT_OF_MEMORY'), a.id, { stands: () => threads === 4 });
    problems.add('benchmark', 'b.tflite', new LitescopeError('SESSION_HUNG'), b.id);
    problems.noteCancelled('sweep', b.id);
    expect(problems.at('run', a.id)).toHaveLength(1);
    threads = 1;
    expect(problems.at('run', a.id)).toEqual([]);
    problems.forget(b.id);
    expect([problems.at('benchmark', b.id), problems.wasCancelled('sweep', b.id)]).toEqual([[], false]);
  });

  test('remember what was cancelled until it is begun again', () => {
    const problems = new Problems();
    problems.noteCancelled('benchmark', a.id);
    expect([problems.wasCancelled('benchmark', a.id), problems.wasCancelled('benchmark', b.id), problems.wasCancelled('run', a.id), problems.list]).toEqual([true, false, false, []]);
    problems.clear('benchmark', a.id);
    expect(problems.wasCancelled('benchmark', a.id)).toBe(false);
  });

  test('are no cancels, and whatever was thrown has a code', () => {
    const problems = new Problems();
    problems.add('run', 'a.tflite', new LitescopeError('CANCELLED'), a.id);
    expect(problems.list).toEqual([]);
    problems.add('run', 'a.tflite', new TypeError('x is undefined'), a.id);
    expect(problems.list.map(({ error: { code, details } }) => [code, details])).toEqual([['INTERNAL', 'x is undefined']]);
  });
});
