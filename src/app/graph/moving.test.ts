import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OpNumbers } from '../../graph/model/shared/op-numbers';
import { deferred } from '../../threads/testing/deferred';
import { layoutGraph } from '../../graph/layout/worker/layout';
import type { Graph } from '../../graph/model/shared/types';
import { madeGraph } from '../../graph/testing/made';
import { Selection } from '../state/selection.svelte';
import { GraphNavigation } from './graph-navigation.svelte';
import type { GraphState } from './graph-state.svelte';
import { byFamily, OpNumberSets } from './op-number-sets.svelte';
import { SearchState } from './search-state.svelte';
import { Viewport } from './viewport.svelte';

beforeEach(() => {
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  // Nothing glides, so that a move is over when it was asked for.
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
});
afterEach(() => { vi.unstubAllGlobals(); });

function viewportOf(width: number, height: number): Viewport {
  return Object.assign(new Viewport(), { width, height });
}

describe('what is seen of a drawing', () => {
  test('keeps the point under the pointer when it is zoomed, within bounds', () => {
    const viewport = viewportOf(400, 300);
    viewport.lookAt(1000, 500);
    const before = viewport.toDrawing(100, 50);
    viewport.zoomAt(2, 100, 50);
    expect([viewport.view.zoom, viewport.toDrawing(100, 50)]).toEqual([2, before]);
    for (let turn = 0; turn < 40; turn++) viewport.zoomAt(2);
    expect(viewport.view.zoom).toBe(4);
    for (let turn = 0; turn < 40; turn++) viewport.zoomAt(0.5);
    expect(viewport.view.zoom).toBe(0.01);
  });

  test('moves with the hand, in screen pixels', () => {
    const viewport = viewportOf(400, 300);
    viewport.zoomAt(2, 0, 0);
    viewport.pan(-100, 50);
    expect(viewport.view).toEqual({ x: 50, y: -25, zoom: 2 });
  });

  test('is the whole drawing in the middle, with 8 pixels around it', () => {
    const viewport = viewportOf(416, 316);
    viewport.fit({ width: 800, height: 200 });
    expect([viewport.view.zoom, viewport.middle]).toEqual([0.5, { x: 400, y: 100 }]);
    expect(viewport.seesAll({ width: 800, height: 200 })).toBe(true);
    viewport.pan(20, 0);
    expect(viewport.seesAll({ width: 800, height: 200 })).toBe(false);
  });

  test('begins with the start of a drawing that is too large to be read whole', () => {
    const viewport = viewportOf(400, 300);
    viewport.begin({ width: 300, height: 9000 }, { x: 100, y: 40, width: 100, height: 30 });
    expect([viewport.view.zoom, viewport.view.y, viewport.middle.x]).toEqual([1, 0, 150]);
    viewport.begin({ width: 300, height: 200 }, { x: 100, y: 40, width: 100, height: 30 });
    expect(viewport.seesAll({ width: 300, height: 200 })).toBe(true);
  });

  test('moves the least that shows a part whole, 40 screen pixels from the edge', () => {
    const viewport = viewportOf(400, 300);
    viewport.show({ x: 350, y: 100, width: 100, height: 50 }, 'visible');
    expect(viewport.view).toEqual({ x: 90, y: 0, zoom: 1 });
    // What is seen already moves nothing.
    viewport.show({ x: 100, y: 70, width: 10, height: 10 }, 'visible');
    expect(viewport.view).toEqual({ x: 90, y: 0, zoom: 1 });
    viewport.show({ x: 100, y: 70, width: 10, height: 10 }, 'middle');
    expect(viewport.middle).toEqual({ x: 105, y: 75 });
  });

  test('stays on the screen where it was when its place in the drawing changes', () => {
    const viewport = viewportOf(400, 300);
    viewport.follow({ x: 10, y: 20, width: 5, height: 5 }, { x: 110, y: 320, width: 5, height: 5 });
    expect(viewport.view).toEqual({ x: 100, y: 300, zoom: 1 });
  });
});

const chain = madeGraph([{ inputs: [0] }, { inputs: [1], name: 'ADD' }, { inputs: [2] }, { inputs: [3], name: 'SOFTMAX' }]);
const branched = madeGraph([{ inputs: [0] }, { inputs: [1] }, { inputs: [1] }, { inputs: [2, 3], name: 'ADD' }]);

interface Scene {
  readonly of?: Graph;
  /** What is found. */
  readonly search?: (text: string) => Promise<readonly number[]>;
  /** By hidden op the one that uses it. */
  readonly users?: ReadonlyMap<number, number>;
}

/** A graph as it is drawn. */
function scene({ of: graph = chain, search = () => Promise.resolve([]), users = new Map() }: Scene = {}) {
  const layout = layoutGraph(graph, { graph: 0, closed: [], folded: true, page: null });
  // Ops that another one uses are hidden.
  const steps = layout.nodes.filter(({ kind, ops: [op = -1] }) => kind === 'op' && !users.has(op));
  const drawing = {
    graph, layout, steps, nodeOf: (op: number) => steps.find(({ ops }) => ops.includes(op)), userOf: (op: number) => graph.ops[users.get(op) ?? -1], reveal: () => Promise.resolve(), chooseGraph: () => Promise.resolve(),
    search: (text: string) => (text.trim() === '' ? Promise.resolve([]) : search(text)),
  } as unknown as GraphState;
  const selection = new Selection();
  const found = new SearchState(drawing);
  let focused = 0;
  let looked = 0;
  const navigation = new GraphNavigation({ drawing, viewport: viewportOf(400, 300), search: found, selection: () => selection, focusSearch: () => { focused += 1; }, focusInspector: () => { looked += 1; }, numbersOf: () => [] });
  const press = (key: string, more: Partial<KeyboardEvent> = {}): boolean => {
    let prevented = false;
    navigation.keydown({ key, ctrlKey: false, metaKey: false, altKey: false, preventDefault: () => { prevented = true; }, ...more } as KeyboardEvent);
    return prevented;
  };
  const opNow = (): number | null => (selection.current?.kind === 'op' ? selection.current.op : null);
  return { found, selection, navigation, press, opNow, focusedTimes: () => focused, lookedTimes: () => looked };
}

describe('moving through a graph', () => {
  test('goes from op to op with keys, and no further than the ends', () => {
    const { press, opNow } = scene();
    const went = ['ArrowDown', 'n', 'End', 'ArrowRight', 'n', 'p', 'ArrowUp', 'ArrowDown', 'Home', 'p'].map((key) => { press(key); return opNow(); });
    expect(went).toEqual([0, 1, 3, 3, 3, 2, 1, 2, 0, 0]);
  });

  test('goes with arrows to inputs and outputs, and opens what is selected with Enter', () => {
    const { press, navigation, selection, lookedTimes } = scene();
    for (const key of ['Home', 'ArrowUp']) press(key);
    expect([selection.current, navigation.spoken]).toEqual([{ kind: 'tensor', subgraph: 0, tensor: 0 }, 'Tensor 0, tensor_0, 1×0 float32; 1 after it']);
    for (const key of ['End', 'ArrowDown', 'ArrowDown']) press(key);
    expect([selection.current, navigation.spoken]).toEqual([{ kind: 'tensor', subgraph: 0, tensor: 4 }, 'Tensor 4, tensor_4, 1×4 float32; 1 before it']);
    expect([press('Enter'), lookedTimes()]).toEqual([true, 1]);
    press('Escape');
    press('Enter');
    expect(lookedTimes()).toBe(1);
  });

  test('goes with arrows from branch to branch', () => {
    const { press, navigation, opNow } = scene({ of: branched });
    press('Home');
    const went = ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'].map((key) => { press(key); return opNow(); });
    expect(went).toEqual([1, 2, 2, 1, 3, 2]);
    expect(navigation.spoken).toBe('Op 2, CONV_2D; step 3 of 4, 1 before it, 1 after it, 1 beside it; from 1×1 float32; to 1×3 float32');
  });

  test('leaves keys alone that are the browser’s, or mean nothing', () => {
    const { press, opNow, focusedTimes } = scene();
    expect([press('x'), press('ArrowDown', { ctrlKey: true }), opNow()]).toEqual([false, false, null]);
    expect([press('/'), focusedTimes()]).toEqual([true, 1]);
  });

  test('says where one is, and nothing when nothing is selected any more', () => {
    const { press, navigation, selection } = scene();
    press('End');
    expect(navigation.spoken).toBe('Op 3, SOFTMAX; step 4 of 4, 1 before it, 1 after it; from 1×3 float32; to 1×4 float32');
    press('Escape');
    expect([navigation.spoken, selection.current]).toEqual(['', null]);
  });

  test('shows the op that makes a tensor which has no place of its own', () => {
    const { navigation, selection } = scene();
    selection.select({ kind: 'tensor', subgraph: 0, tensor: 2 });
    expect([navigation.node, navigation.place?.id]).toEqual([undefined, 'op 1']);
    selection.select({ kind: 'tensor', subgraph: 1, tensor: 2 });
    expect(navigation.place).toBeUndefined();
  });

  test('stands at the op that uses what a hidden one gives, and goes on from there', () => {
    const { navigation, selection, press, opNow } = scene({ users: new Map([[0, 2]]) });
    selection.select({ kind: 'op', subgraph: 0, op: 0 });
    expect([navigation.node?.id, navigation.spoken]).toEqual(['op 2', 'Op 0, CONV_2D; from 1×0 float32; to 1×1 float32; hidden, op 2, CONV_2D, uses its result']);
    selection.select({ kind: 'tensor', subgraph: 0, tensor: 1 });
    expect([navigation.node, navigation.place?.id]).toEqual([undefined, 'op 2']);
    selection.select({ kind: 'op', subgraph: 0, op: 0 });
    press('n');
    expect(opNow()).toBe(3);
  });

  test('counts hits among hidden ops and passes them over', async () => {
    const { found, navigation, opNow } = scene({ search: () => Promise.resolve([0, 1, 3]), users: new Map([[0, 2]]) });
    await found.search('conv');
    expect([found.hits, found.hidden]).toEqual([[1, 3], 1]);
    await navigation.stepHit(1);
    expect(opNow()).toBe(1);
  });

  test('steps through what was found round and round, in either direction', async () => {
    const { found, navigation, opNow, press } = scene({ search: () => Promise.resolve([1, 3]) });
    await found.search('add');
    const went: (number | null)[] = [];
    for (const by of [1, 1, 1, -1, -1] as const) {
      await navigation.stepHit(by);
      went.push(opNow());
    }
    expect(went).toEqual([1, 3, 1, 3, 1]);
    // The first Escape ends the search, the second the selection.
    press('Escape');
    expect([found.query, opNow()]).toEqual(['', 1]);
    press('Escape');
    expect(opNow()).toBeNull();
  });

  test('goes to the first hit when it is asked for before the search has ended', async () => {
    const slow = deferred<readonly number[]>();
    const { found, navigation, opNow } = scene({ search: () => slow.promise });
    const searched = found.search('add');
    const stepped = navigation.stepHit(1);
    slow.resolve([1, 3]);
    await Promise.all([searched, stepped]);
    expect(opNow()).toBe(1);
  });

  test('takes what the latest search found, whichever ends last', async () => {
    const slow = deferred<readonly number[]>();
    const { found } = scene({ search: (text) => (text === 'a' ? slow.promise : Promise.resolve([3])) });
    const first = found.search('a');
    await found.search('ab');
    slow.resolve([0, 1]);
    await first;
    expect([found.query, found.hits, found.position]).toEqual(['ab', [3], -1]);
    await found.search('  ');
    expect([found.hits, found.step(1)]).toEqual([[], null]);
  });
});

test('Numbers of ops take the place of earlier ones of their id, and what is dropped colours nothing', () => {
  const sets = new OpNumberSets();
  const numbers = (id: string, title = id): OpNumbers => ({ id, title, unit: '', combine: 'sum', values: new Map(), colours: {} });
  for (const each of [numbers('profile', 'old'), numbers('layers b'), numbers('profile', 'new')]) sets.put(each);
  expect(sets.all.map(({ title }) => title)).toEqual(['new', 'layers b']);
  sets.choose('layers b');
  sets.drop('cross-check');
  expect(sets.chosen).toBe('layers b');
  sets.drop('layers');
  expect([sets.chosen, sets.all.map(({ id }) => id)]).toEqual([byFamily, ['profile']]);
});
