import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

/** The layers as DESIGN draws them, top to bottom; tensor is where values of tensors are kept, below everything that uses them. */
const layers: readonly (readonly string[])[] = [
  ['app', 'api', 'main'],
  ['engine', 'vision', 'gallery', 'inspect', 'graph'],
  ['rewrite', 'quantize', 'report'],
  ['tflite', 'stats', 'tensor'],
  ['errors'],
];
/** These run in Node as they are. */
const pure = layers.slice(2).flat();
const single = ['main', 'errors'];

const eslint = new ESLint({ cwd: fileURLToPath(new URL('..', import.meta.url)) });

const fileIn = (room: string, path = 'x.ts') => (single.includes(room) ? `src/${room}.ts` : `src/${room}/${path}`);
const moduleOf = (room: string) => (single.includes(room) ? room : `${room}/y`);
const depthOf = (file: string) => file.split('/').length - 2;
/** How a file names a module of another room. */
const specifier = (file: string, module: string) => (depthOf(file) === 0 ? `./${module}` : `${'../'.repeat(depthOf(file))}${module}`);

async function rulesBroken(code: string, filePath: string): Promise<readonly (string | null)[]> {
  const results = await eslint.lintText(code, { filePath });
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
}

const pairs = layers.flatMap((rooms, depth) => rooms.flatMap((room) => layers.flatMap((others, otherDepth) => others.filter((other) => other !== room).map((other) => ({
  room, other, points: otherDepth < depth ? 'up' : otherDepth > depth ? 'down' : 'across',
})))));
const upward = pairs.filter(({ points }) => points === 'up');
const allowed = pairs.filter(({ points }) => points !== 'up');

describe('layers', () => {
  it.each(upward)('$room never imports $other', async ({ room, other }) => {
    const file = fileIn(room);
    const path = specifier(file, moduleOf(other));
    expect(await rulesBroken(`import { y } from '${path}';\nexport const x = y;\n`, file)).toEqual(['no-restricted-imports']);
    expect(await rulesBroken(`import type { Y } from '${path}';\nexport type X = Y;\n`, file)).toEqual(['no-restricted-imports']);
    expect(await rulesBroken(`export * from '${path}';\n`, file)).toEqual(['no-restricted-imports']);
  });

  it.each(allowed)('$room may import $other', async ({ room, other }) => {
    const file = fileIn(room);
    expect(await rulesBroken(`import { y } from '${specifier(file, moduleOf(other))}';\nexport const x = y;\n`, file)).toEqual([]);
  });

  it.each(['src/tflite/schema/x.ts', 'src/engine/runtimes/x.ts', 'src/engine/runtimes/deeper/still/x.ts'])('hold in the folders of a room, too: %s', async (file) => {
    expect(await rulesBroken(`import { y } from '${specifier(file, 'app/y')}';\nexport const x = y;\n`, file)).toEqual(['no-restricted-imports']);
    expect(await rulesBroken(`import { y } from '${specifier(file, 'errors')}';\nexport const x = y;\n`, file)).toEqual([]);
  });

  it('hold for imports that happen later and for types that are imported where they stand', async () => {
    expect(await rulesBroken("export const x = () => import('../engine/y');\n", 'src/tflite/x.ts')).toEqual(['no-restricted-syntax']);
    expect(await rulesBroken("export const x = () => import('../tensor/y');\n", 'src/tflite/x.ts')).toEqual([]);
    // Such types are against the house's style anyway; the layers hold even where that rule is switched off.
    const code = "/* eslint-disable @typescript-eslint/consistent-type-imports */\nexport type X = import('../app/y').Y;\n";
    expect(await rulesBroken(code, 'src/engine/x.ts')).toEqual(['no-restricted-syntax']);
  });

  it.each(['main.ts', 'api.js', 'app/page.svelte'])('hold for a module with an ending: %s', async (module) => {
    expect(await rulesBroken(`import y from '../${module}';\nexport const x = y;\n`, 'src/engine/x.ts')).toEqual(['no-restricted-imports']);
  });

  it('do not mistake a room’s own files for an upper room', async () => {
    expect(await rulesBroken("import { y } from './engineering';\nimport { z } from './apple';\nexport const x = [y, z];\n", 'src/tflite/x.ts')).toEqual([]);
  });
});

describe('rooms that know neither DOM nor worker nor Node', () => {
  const globals = ['window', 'document', 'self', 'postMessage', 'navigator', 'process', 'Buffer', 'fetch'];

  it.each(pure)('%s', async (room) => {
    for (const global of globals) {
      expect(await rulesBroken(`export const x = () => ${global};\n`, fileIn(room)), global).toEqual(['no-restricted-globals']);
    }
    expect(await rulesBroken('export const x = () => new TextDecoder();\n', fileIn(room))).toEqual([]);
  });

  it.each(['app', 'engine', 'vision', 'gallery', 'inspect', 'graph'])('%s is none of them', async (room) => {
    expect(await rulesBroken('export const x = () => document.title;\n', fileIn(room))).toEqual([]);
  });
});
