import { expect, it } from 'vitest';
import { LitescopeError } from '../errors';
import { readBytes, readText } from './read-file';

it('a file is read whole, as bytes or as UTF-8', async () => {
  const file = new Blob(['grün']);
  expect([...await readBytes(file)]).toEqual([0x67, 0x72, 0xc3, 0xbc, 0x6e]);
  expect(await readText(file)).toBe('grün');
});

it.each([readBytes, readText])('a file that is gone is told as such', async (read) => {
  const gone = Object.assign(new Blob([]), { arrayBuffer: () => Promise.reject(new Error('moved')), text: () => Promise.reject(new Error('moved')) });
  const error = await read(gone).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LitescopeError);
  expect(error).toMatchObject({ code: 'FILE_UNREADABLE', details: 'moved' });
});
