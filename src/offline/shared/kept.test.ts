import { expect, it } from 'vitest';
import { cacheName, keyOf, kindOf } from './kept';

it('tells runtimes and models from all else by their folder', () => {
  expect(['runtimes/litert-2.5.3/a.wasm', 'models/digits.tflite', 'assets/models/a.js', 'models', 'index.html', ''].map(kindOf)).toEqual(['runtimes', 'models', null, null, null, null]);
});

it('keeps other content under another address, and installations of one origin apart', () => {
  const scope = 'https://example.org/lite/';
  expect(keyOf({ path: 'models/a b.tflite', revision: '01ab' }, scope)).toBe('https://example.org/lite/models/a%20b.tflite?revision=01ab');
  expect(cacheName('models', scope)).not.toBe(cacheName('models', 'https://example.org/lite/beta/'));
});
