/** Modules of src for tests that call them in a page by themselves. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * @param path of a TypeScript file, from the repository's root
 * @param name of the global that its exports become
 * @returns a script for `page.evaluate`
 */
export async function bundle(path: string, name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL(`../../${path}`, import.meta.url)), formats: ['iife'], name },
    },
  });
  const [result] = Array.isArray(built) ? built : [built];
  const chunk = result !== undefined && 'output' in result ? result.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error(`${path} was not bundled.`);
  // A declaration would stay within the evaluated script.
  return `${chunk.code};globalThis.${name} = ${name};`;
}
