import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';
import { literalSentences } from './scripts/lint/literal-sentences.mjs';

/** They know neither DOM nor worker and run in Node as they are (see the rooms in .dependency-cruiser.mjs). */
const pureRooms = ['messages', 'errors', 'stats', 'tensor', 'tflite', 'rewrite', 'quantize', 'report'];

/**
 * The error of a promise that nobody waits for is lost.
 * @type {import('eslint').Linter.RulesRecord}
 */
const ofPromises = { '@typescript-eslint/no-floating-promises': 'error', '@typescript-eslint/no-misused-promises': 'error' };

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
    // The service keeps one program for all components; `project`, as below, would make one anew for each of them.
    languageOptions: { parserOptions: { parser: typescript.parser, extraFileExtensions: ['.svelte'], projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // TypeScript reports unknown names itself, and knows the types that ESLint takes for globals.
      'no-undef': 'off',
      ...ofPromises,
    },
  },
  { files: ['**/*.ts'], rules: { 'no-undef': 'off' } },
  {
    files: ['**/*.ts', 'scripts/**/*.mjs'],
    languageOptions: { parser: typescript.parser, parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname } },
    rules: ofPromises,
  },
  {
    files: ['scripts/**', 'cli/**', 'e2e/**', '*.config.*'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
  {
    files: pureRooms.flatMap((room) => [`src/${room}.ts`, `src/${room}/**/*.ts`]),
    rules: {
      'no-restricted-globals': ['error', 'window', 'document', 'self', 'postMessage', 'navigator', 'process', 'Buffer', 'fetch'],
    },
  },
  {
    files: ['src/**/*.{ts,svelte}', 'cli/**/*.ts'],
    ignores: [
      'src/messages/**', '**/*.test.ts', '**/testing/**',
      // Forms that other programs read, or write: the same in every language.
      'src/report/export/**', 'src/report/profile-exports.ts', 'src/report/link/version-1-words.ts', 'src/graph/model/worker/csv.ts', 'src/engine/runtimes/worker/emscripten.ts',
      'src/engine/runtimes/worker/xnnpack-profile/xnnpack-operators.ts', 'src/studies/roofline/shared/arithmetic-loops.ts', 'src/tflite/format/identify.ts',
      // Programs in other languages.
      'src/golden/worker/listings/*.ts',
      // Fonts.
      'src/graph/drawing/shared/node-drawing.ts', 'src/vision/drawing/shared/draw-detections.ts',
    ],
    plugins: { litescope: { rules: { 'literal-sentences': literalSentences } } },
    rules: { 'litescope/literal-sentences': 'error' },
  },
);
