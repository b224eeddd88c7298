import { expect, test } from 'vitest';
import { parametersOf, viewIn } from './place';

const at = (text: string) => new URLSearchParams(text);

test('An address names model, view and part, and keeps how the model is to be configured', () => {
  const before = at('runtime=litert&threads=2&run=1&model=old');
  expect(parametersOf({ model: 'a', view: 'speed', section: 'threads' }, 'hand-landmarks-lite', before).toString()).toBe('runtime=litert&threads=2&model=hand-landmarks-lite&view=speed&part=threads');
  expect(parametersOf({ model: 'a', view: 'overview', section: null }, null, before).toString()).toBe('runtime=litert&threads=2');
  expect(parametersOf({ model: null, view: 'graph', section: null }, null, before).toString()).toBe('runtime=litert&threads=2');
});

test.each([
  ['view=speed&part=threads', { view: 'speed', section: 'threads' }],
  ['view=graph', { view: 'graph', section: null }],
  ['view=graph&part=threads', { view: 'graph', section: null }],
  ['view=nothing', { view: 'overview', section: null }],
  ['view=constructor', { view: 'overview', section: null }],
  ['', { view: 'overview', section: null }],
])('“%s” asks for %j', (text, place) => {
  expect(viewIn(at(text))).toEqual(place);
});
