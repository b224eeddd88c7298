import { expect, it } from 'vitest';
import { importedEntries } from './worker-entries';

const entry = { type: 'chunk', isEntry: true } as const;
const chunk = (imports: readonly string[], dynamicImports: readonly string[] = []) => ({ type: 'chunk', isEntry: false, imports, dynamicImports } as const);

it('names every file that imports a worker’s entry, at once or later', () => {
  expect(importedEntries({ 'a.worker.js': { ...entry, dynamicImports: ['part.js'] }, 'part.js': chunk(['a.worker.js']), 'later.js': chunk([], ['a.worker.js']) }))
    .toEqual(['part.js imports a.worker.js', 'later.js imports a.worker.js']);
});

it('is content with entries that import what their parts import', () => {
  expect(importedEntries({ 'a.worker.js': { ...entry, imports: ['shared.js'], dynamicImports: ['part.js'] }, 'shared.js': chunk([]), 'part.js': chunk(['shared.js']), 'a.wasm': { type: 'asset' } })).toEqual([]);
});
