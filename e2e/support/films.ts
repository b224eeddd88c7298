/** Films for fake cameras: files that are made once in a run of the tests, which begins with this folder empty. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(fileURLToPath(new URL('../..', import.meta.url)), 'test-results', '.films');

/** @returns the path of the film with this name */
export async function madeOnce(name: string, make: () => Buffer | Promise<Buffer>): Promise<string> {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  const bytes = await make();
  mkdirSync(dirname(path), { recursive: true });
  // Under its own name only when it is whole: other workers may make it too, and a run that was broken off leaves nothing that looks finished.
  const part = `${path}.${process.pid}`;
  writeFileSync(part, bytes);
  renameSync(part, path);
  return path;
}
