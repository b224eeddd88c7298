import { expect, it } from 'vitest';
import { markedParts } from './marked';

it.each([
  ['Press <key>Ctrl+Enter</key> to run.', [{ mark: null, text: 'Press ' }, { mark: 'key', text: 'Ctrl+Enter' }, { mark: null, text: ' to run.' }]],
  ['<strong>2.8 ms</strong><code>litert</code>', [{ mark: 'strong', text: '2.8 ms' }, { mark: 'code', text: 'litert' }]],
  ['1 < 2 and <a>no end', [{ mark: null, text: '1 < 2 and <a>no end' }]],
  ['<a>one</b>', [{ mark: null, text: '<a>one</b>' }]],
  ['', []],
])('%s', (message, parts) => {
  expect(markedParts(message)).toEqual(parts);
});
