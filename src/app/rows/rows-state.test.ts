import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../errors';
import type { Litescope, OpenModel, RunResult } from '../../api';
import { summaryOf } from '../../engine/testing/summary';
import { openedModel, setupOf } from '../testing/fakes';
import { mostConfused, resultTable, RowsState } from './rows-state.svelte';
import { tableOf } from './table';

const auto = { runtime: 'auto', accelerator: 'auto', threads: 'auto' } as const;
const tensor = (name: string, shape: readonly number[]) => ({ name, tensorName: name, tensorIndex: 0, dtype: 'float32' as const, shape });
const modelOf = (outputs: number): OpenModel => ({ ...openedModel(), summary: summaryOf({ signatures: [{ key: '', subgraph: 0, inputs: [tensor('x', [1, 1])], outputs: [tensor('y', [1, outputs])] }] }) });
const x = { name: 'x', count: 1, features: null, categories: null };

/** A model that gives as many values as asked for, all of them its input plus their index. */
function runsOf(asked: unknown[]): Pick<Litescope, 'run'> {
  return {
    run: (_id, _configuration, inputs = {}, options = {}) => {
      const [input] = Object.values(inputs);
      const value = input?.kind === 'values' ? input.values[0] ?? 0 : 0;
      asked.push(options.decoder);
      if (value < 0) return Promise.reject(new LitescopeError('VALUE_OUT_OF_RANGE', 'too small'));
      const best = Math.round(value);
      const classes = options.decoder === undefined ? null : { kind: 'classes', classes: [{ index: best, label: options.labels?.[best] ?? String(best), score: 0.75 }] };
      return Promise.resolve({ decoded: classes, outputs: [{ name: 'y', dtype: 'float32', shape: [1, 1], data: Float32Array.of(value).buffer }] } as unknown as RunResult);
    },
  };
}

describe('many rows', () => {
  it('are answered by classes, named by their labels, with what is taken for what; a row that does not fit fails alone', async () => {
    const state = new RowsState();
    const asked: unknown[] = [];
    state.take(tableOf([['0', 'cat'], ['1', 'cat'], ['1', 'dog'], ['2', 'eel'], ['-1', 'eel']], [x]));
    await state.run(runsOf(asked), setupOf(modelOf(3)), auto, {});
    const { finished } = state;
    expect(asked).toEqual(Array(5).fill({ kind: 'classification', top: 5 }));
    expect([finished?.lentNames, finished?.accuracy]).toEqual([['cat', 'dog', 'eel'], { labelled: 4, right: 3, right5: 3 }]);
    expect(finished?.confusion === null || finished?.confusion === undefined ? null : mostConfused(finished.confusion)).toEqual({ truth: 0, answer: 1, times: 1 });
    expect(finished?.results.map(({ best, truth, error }) => [best[0]?.label, truth, error?.code])).toEqual([['cat', 0, undefined], ['dog', 0, undefined], ['dog', 1, undefined], ['eel', 2, undefined], [undefined, 2, 'VALUE_OUT_OF_RANGE']]);
    expect(finished === null ? [] : resultTable(finished).slice(0, 2)).toEqual([['x', 'label', 'answer', 'score'], [0, 'cat', 'cat', 0.75]]);
  });

  it('are answered by values, and held against labels that are numbers', async () => {
    const state = new RowsState();
    state.take(tableOf([['x', 'y'], ['1', '1.5'], ['4', '3']], [x]));
    await state.run(runsOf([]), setupOf(modelOf(1)), auto, {});
    expect([state.finished?.meanError, state.finished?.accuracy]).toEqual([0.75, null]);
    expect(state.finished === null ? [] : resultTable(state.finished)).toEqual([['x', 'label', 'output 0'], [1, '1.5', 1], [4, '3', 4]]);
  });

  it('keep what is done when they are cancelled', async () => {
    const state = new RowsState();
    const controller = new AbortController();
    state.take(tableOf([['1'], ['2'], ['3']], [x]));
    await state.run(runsOf([]), setupOf(modelOf(1)), auto, { signal: controller.signal, onProgress: (progress) => { if (progress.kind === 'run-rows' && progress.done === 1) controller.abort(); } });
    expect(state.finished?.results.map(({ values }) => values)).toEqual([[1], [2]]);
  });

  it('say what the model itself refuses, and keep no half of it', async () => {
    const state = new RowsState();
    state.take(tableOf([['1']], [x]));
    await expect(state.run({ run: () => Promise.reject(new LitescopeError('NO_RUNTIME')) }, setupOf(modelOf(1)), auto, {})).rejects.toMatchObject({ code: 'NO_RUNTIME' });
    expect(state.finished).toBeNull();
  });
});
