/** Held against our own passes and recipes, which keep the names of what ops give: names tell which op is whose heir, and are taken away before ops are matched. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TensorCalibration } from '../../../quantize/calibration';
import { observableTensors, prepareForQuantization } from '../../../quantize/prepare';
import { quantizeModel } from '../../../quantize/quantize';
import { type RecipeName, recipes } from '../../../quantize/recipe';
import { passes } from '../../../rewrite/passes';
import { noise } from '../../../rewrite/testing/models';
import type { Model, Operator } from '../../format/model';
import { openModel, verify } from '../../format/verify/verify';
import { buildModel } from '../../testing/build';
import { fixtureModel, fixtureModels, galleryModel, galleryModels, hasFixtures } from '../../testing/models';
import { arbitraryNetwork } from '../../testing/networks';
import { activationOf } from './folds';
import { matchSubGraphs, type SubGraphMatches } from './match-subgraphs';

const conversions: readonly string[] = ['QUANTIZE', 'DEQUANTIZE', 'DENSIFY'];

function operatorsOf(model: Model): readonly Operator[] {
  return model.subgraphs[0]?.operators ?? [];
}

/** Who computes what has a name, past conversions. */
function writerOf(model: Model, name: string): Operator | null {
  const { tensors = [] } = model.subgraphs[0] ?? {};
  const writers = new Map(operatorsOf(model).flatMap((operator) => operator.outputs.map((output) => [output, operator] as const)));
  let at = tensors.find((tensor) => tensor.name === name)?.index ?? -1;
  for (;;) {
    const writer = writers.get(at);
    if (writer === undefined || !conversions.includes(writer.code.name)) return writer ?? null;
    at = writer.inputs[0] ?? -1;
  }
}

function nameless(model: Model): Model {
  return { ...model, subgraphs: model.subgraphs.map((subgraph) => ({ ...subgraph, tensors: subgraph.tensors.map((tensor) => ({ ...tensor, name: '' })) })) };
}

/** The same ops in another order in which they can be executed. */
function shuffled(model: Model, seed: number): Model {
  return {
    ...model,
    subgraphs: model.subgraphs.map((subgraph) => {
      const written = new Set(subgraph.operators.flatMap(({ outputs }) => outputs));
      const chance = noise(subgraph.operators.length + 1, seed);
      const waiting = [...subgraph.operators];
      const operators: Operator[] = [];
      while (waiting.length > 0) {
        const ready = waiting.filter(({ inputs }) => inputs.every((input) => !written.has(input)));
        const next = ready[Math.floor(Math.abs(chance[operators.length] ?? 0) * ready.length)] ?? ready[0];
        if (next === undefined) throw new Error('no op can be next');
        waiting.splice(waiting.indexOf(next), 1);
        next.outputs.forEach((output) => written.delete(output));
        operators.push({ ...next, index: operators.length });
      }
      return { ...subgraph, operators };
    }),
  };
}

/** Every op and tensor of both sides stands in the matches once. */
function expectWhole(a: Model, b: Model, { ops, tensors }: SubGraphMatches): void {
  const all = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  const sorted = (indices: readonly number[]): number[] => [...indices].sort((one, other) => one - other);
  expect(sorted(ops.flatMap((pair) => [...(pair.a === null ? [] : [pair.a]), ...pair.foldedA.map(({ op }) => op)]))).toEqual(all(operatorsOf(a).length));
  expect(sorted(ops.flatMap((pair) => [...(pair.b === null ? [] : [pair.b]), ...pair.foldedB.map(({ op }) => op)]))).toEqual(all(operatorsOf(b).length));
  expect(sorted(tensors.flatMap((pair) => pair.a ?? []))).toEqual(all(a.subgraphs[0]?.tensors.length ?? 0));
  expect(sorted(tensors.flatMap((pair) => pair.b ?? []))).toEqual(all(b.subgraphs[0]?.tensors.length ?? 0));
}

/** Where each op of `a` belongs by the names that both have, and where the matches say so. */
function expectHeirs(a: Model, b: Model, { ops }: SubGraphMatches, named: boolean): { readonly kept: number; readonly fused: number } {
  const rows = new Map(ops.flatMap((pair) => [...(pair.a === null ? [] : [pair.a]), ...pair.foldedA.map(({ op }) => op)].map((op) => [op, pair] as const)));
  const wanted: unknown[] = [];
  const got: unknown[] = [];
  let [kept, fused] = [0, 0];
  for (const { index, code: { name }, outputs: [output] } of operatorsOf(a)) {
    if (conversions.includes(name) || output === undefined) continue;
    const row = rows.get(index);
    const heir = writerOf(b, a.subgraphs[0]?.tensors[output]?.name ?? '');
    if (heir === null) {
      // An op whose output is gone clamps its output itself now.
      wanted.push([index, name, 'with an activation']);
      got.push([index, name, row?.a === index && row.foldedA.some(({ role }) => role === 'activation') ? 'with an activation' : row]);
    } else if (heir.code.name === name) {
      wanted.push([index, name, index, heir.index]);
      got.push([index, name, row?.a, row?.b]);
      kept += 1;
    } else if (activationOf(heir) === name) {
      wanted.push([index, name, 'activation', heir.index]);
      got.push([index, name, row?.foldedA.find(({ op }) => op === index)?.role, row?.b]);
      fused += 1;
    } else {
      wanted.push([index, name, index, named ? heir.index : null]);
      got.push([index, name, row?.a, row?.b]);
    }
  }
  expect(got).toEqual(wanted);
  return { kept, fused };
}

function expectMatched(a: Model, b: Model): { readonly kept: number; readonly fused: number } {
  const named = matchSubGraphs(a, b, 0);
  expectWhole(a, b, named);
  const unnamed = matchSubGraphs(nameless(a), nameless(b), 0);
  expectWhole(a, b, unnamed);
  const kinds = unnamed.ops.flatMap(({ a: op, b: match }) => (op === null || match === null ? [] : [[operatorsOf(a)[op]?.code.name, operatorsOf(b)[match]?.code.name]]));
  expect(kinds.filter(([one, other]) => one !== other)).toEqual([]);
  expectHeirs(a, b, unnamed, false);
  return expectHeirs(a, b, named, true);
}

function variantBy(recipe: RecipeName, model: Model): { readonly prepared: Model; readonly variant: Model } {
  const prepared = prepareForQuantization(model).model;
  const calibrated = new Map(observableTensors(prepared).map((index) => {
    const calibration = new TensorCalibration(prepared.subgraphs[0]?.tensors[index]?.shape.at(-1) ?? 1);
    calibration.add(Float64Array.from(noise((prepared.subgraphs[0]?.tensors[index]?.shape.at(-1) ?? 1) * 2)));
    return [index, calibration.result()] as const;
  }));
  return { prepared, variant: quantizeModel(prepared, { ...recipes[recipe], range: { kind: 'min-max' } }, calibrated).model };
}

const recipeNames = Object.keys(recipes) as RecipeName[];

it.each(galleryModels)('%s is itself, without names and in another order', (path) => {
  const model = openModel(galleryModel(path));
  for (const other of [model, nameless(model), shuffled(nameless(model), 3)]) {
    const matches = matchSubGraphs(nameless(model), other, 0);
    expectWhole(model, other, matches);
    // The ops were given new numbers; what they write tells which they are.
    expect(matches.ops.map(({ a }) => operatorsOf(model)[a ?? -1]?.outputs)).toEqual(matches.ops.map(({ b }) => operatorsOf(other)[b ?? -1]?.outputs));
  }
});

describe.each(['face_detection/face_detection_short_range.tflite', 'hands/hand_landmark_lite.tflite', 'selfie_segmentation/selfie_segmentation.tflite'])('%s', (path) => {
  const model = openModel(galleryModel(path));

  it.each(passes.map((pass) => [pass.id, pass] as const))('after %s', (_id, pass) => {
    expectMatched(model, pass.apply(model).model);
  });

  it.each(recipeNames)('after the recipe %s', (recipe) => {
    const { prepared, variant } = variantBy(recipe, model);
    expectMatched(prepared, variant);
    expectMatched(model, variant);
  });
});

it('generated networks after passes and recipes', () => {
  let [kept, fused] = [0, 0];
  fc.assert(fc.property(arbitraryNetwork, fc.constantFrom(...recipeNames), (record, recipe) => {
    const model = openModel(buildModel(record));
    for (const each of [variantBy(recipe, model).variant, ...passes.map((pass) => pass.apply(model).model)]) {
      const found = expectMatched(model, each);
      kept += found.kept;
      fused += found.fused;
    }
  }), { numRuns: 100, seed: 16 });
  expect(kept).toBeGreaterThan(1000);
  expect(fused).toBeGreaterThan(5);
});

it.skipIf(!hasFixtures)('models from elsewhere after passes', () => {
  const changed = fixtureModels.flatMap((file) => {
    const model = openModel(fixtureModel(file));
    return verify(model).some(({ runs }) => !runs) ? [] : passes.map((pass) => [model, pass.apply(model).model] as const).filter(([before, after]) => before !== after);
  });
  expect(changed.length).toBeGreaterThan(4);
  for (const [model, rewritten] of changed) expectMatched(model, rewritten);
});
