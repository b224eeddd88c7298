import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildHeaders } from '../scripts/vite/security';
import { startServer, type PageServer } from './server';

let folder = '';
let server: PageServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'litescope-server-'));
  writeFileSync(join(folder, 'page.js'), 'the page');
  server = await startServer(folder);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

it('sends its headers with every answer, also where nothing has changed or nothing is there', async () => {
  const first = await fetch(`${server.address}page.js`);
  const again = await fetch(`${server.address}page.js`, { headers: { 'If-None-Match': first.headers.get('ETag') ?? '' } });
  const missing = await fetch(`${server.address}other.js`);
  expect([first, again, missing].map(({ status }) => status)).toEqual([200, 304, 404]);
  for (const { headers } of [first, again, missing]) for (const [name, value] of Object.entries(buildHeaders)) expect(headers.get(name)).toBe(value);
});

it('gives a file that is shared, and says of one that is gone that it is not there', async () => {
  const path = join(folder, 'a photo.jpg');
  writeFileSync(path, 'picture');
  const address = server.address + server.share(path);
  expect(await (await fetch(address)).text()).toBe('picture');
  rmSync(path);
  expect((await fetch(address)).status).toBe(404);
  // It still answers.
  expect((await fetch(`${server.address}command-line-files/9/x`)).status).toBe(404);
});
