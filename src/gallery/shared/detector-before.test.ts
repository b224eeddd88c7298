import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { regionRulesFor } from '../../vision/pipelines/shared/regions';
import type { Decoder } from '../../vision/shared/types';
import { parseCatalogue } from './catalogue';
import { detectorBefore } from './detector-before';

const { models } = parseCatalogue(JSON.parse(readFileSync(new URL('../../../models/catalog.json', import.meta.url), 'utf8')));

test('every model that is given regions has a detector in the gallery whose results they follow from, and no other model has one', () => {
  const decoders: readonly Decoder[] = [...models.map(({ decoder }) => decoder), { kind: 'iris' }, { kind: 'embedding' }];
  const paired = decoders.map((decoder) => {
    const id = detectorBefore(decoder);
    return [decoder.kind, id === null ? null : models.find((entry) => entry.id === id)?.decoder.kind];
  });
  expect(paired).toEqual(decoders.map((decoder) => [decoder.kind, regionRulesFor(decoder)?.detector ?? null]));
  expect(new Set(paired.flatMap(([, kind]) => kind ?? []))).toEqual(new Set(['face-detection', 'palm-detection', 'pose-detection']));
});

test('without a decoder nothing is looked for', () => {
  expect(detectorBefore(undefined)).toBeNull();
});
