import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';

/**
 * Every room of src with the rooms that stand above it. An import never points up: what is listed
 * here is refused. Rooms of one layer may use each other.
 */
const layers = [
  ['app', 'main', 'api'],
  ['engine', 'vision', 'gallery', 'inspect', 'graph', 'share', 'history'],
  ['rewrite', 'quantize', 'report'],
  ['tflite', 'stats', 'tensor'],
  ['errors'],
];
const pureRooms = layers.slice(2).flat();

/** @type {import('typescript-eslint').ConfigArray} */
const layering = layers.flatMap((rooms, depth) => {
  const above = layers.slice(0, depth).flat();
  if (above.length === 0) return [];
  const upward = `^(\\./|(\\.\\./)+)(${above.join('|')})(/|\\.|$)`;
  const message = 'A lower layer never imports an upper one (see the layers in eslint.config.js).';
  // A slash would end the pattern inside a selector.
  const pattern = `/${upward.replaceAll('/', '\\u002F')}/`;
  return [{
    files: rooms.flatMap((room) => [`src/${room}.ts`, `src/${room}/**/*.{ts,svelte}`]),
    rules: {
      'no-restricted-imports': ['error', {
        patterns: [{ regex: upward, message }],
      }],
      // What the rule above does not look at: imports that happen later, and types that are imported where they stand.
      'no-restricted-syntax': ['error', { selector: `:matches(ImportExpression, TSImportType)[source.value=${pattern}]`, message }],
    },
  }];
});

export default typescript.config(
  { ignores: ['dist/', 'dist-cli/', 'node_modules/', 'test-results/', 'playwright-report/', 'bench-results/'] },
  js.configs.recommended,
  ...typescript.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.worker } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    files: ['**/*.svelte'],
    languageOptions: { parserOptions: { parser: typescript.parser, extraFileExtensions: ['.svelte'] } },
    // TypeScript reports unknown names itself, and knows the types that ESLint takes for globals.
    rules: { 'no-undef': 'off' },
  },
  { files: ['**/*.ts'], rules: { 'no-undef': 'off' } },
  {
    // Components are left out: with their files among TypeScript's, a program would be made anew for each of them, which
    // takes many times as long. What they wait for lies in classes of state, which are here.
    files: ['**/*.ts', 'scripts/**/*.mjs'],
    languageOptions: { parser: typescript.parser, parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // The error of a promise that nobody waits for is lost.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  {
    files: ['scripts/**', 'cli/**', 'e2e/**', '*.config.*'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
  ...layering,
  {
    files: pureRooms.flatMap((room) => [`src/${room}.ts`, `src/${room}/**/*.ts`]),
    rules: {
      'no-restricted-globals': ['error', 'window', 'document', 'self', 'postMessage', 'navigator', 'process', 'Buffer', 'fetch'],
    },
  },
);
