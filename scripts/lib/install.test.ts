import { describe, expect, test } from 'vitest';
import { checkNode, fits } from './install.mjs';

const machine = { platform: 'linux', arch: 'x64' };
const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/b': { version: '2.0.0' },
    'node_modules/native-linux': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] },
    'node_modules/native-darwin': { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] },
  },
};
const { '': _, 'node_modules/native-darwin': darwin, ...here } = wanted.packages;

describe('an install fits the lock file', () => {
  test('with all packages that are for this machine', () => {
    expect(fits(wanted, { packages: here }, machine)).toBe(true);
  });

  test.each<[name: string, packages: typeof wanted.packages | Record<string, { version: string }>]>([
    ['nothing at all', {}],
    ['another version', { ...here, 'node_modules/a': { version: '1.0.1' } }],
    ['one package less', { 'node_modules/a': { version: '1.0.0' } }],
    ['native code of another machine', { ...here, 'node_modules/native-darwin': darwin }],
  ])('but not with %s', (__, packages) => {
    expect(fits(wanted, { packages }, machine)).toBe(false);
  });
});

test.each(['18.20.4', '20.18.0', '21.7.3', '22.12.0', '23.11.0'])('Node %s is told in one line to be too old', (version) => {
  expect(() => { checkNode(version); }).toThrow(`this is Node ${version}.`);
});

test.each(['20.19.0', '22.13.0', '24.0.0', '26.1.0'])('Node %s is taken', (version) => {
  expect(() => { checkNode(version); }).not.toThrow();
});
