import type { Plugin } from 'vite';

/** What of a bundle tells which of its files import which. */
interface BundledFile {
  readonly type: 'chunk' | 'asset';
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

/** @returns a sentence for each file of a worker's bundle that imports an entry, as `a.js imports worker.js` */
export function importedEntries(bundle: Readonly<Record<string, BundledFile>>): readonly string[] {
  const isEntry = (name: string): boolean => bundle[name]?.isEntry === true;
  return Object.entries(bundle).flatMap(([name, { imports = [], dynamicImports = [] }]) =>
    [...imports, ...dynamicImports].filter(isEntry).map((entry) => `${name} imports ${entry}`));
}

/**
 * Makes every worker's entry a file that nothing imports. WebKit evaluates a worker's main module a second time where a
 * part of it that comes later imports it: two copies of all state, and the model that was loaded is in the other one.
 */
export function separateWorkerEntries(): Plugin {
  return {
    name: 'litescope:worker-entries',
    apply: 'build',
    // What entries share with their parts goes into a file of its own, which both import.
    options: (options) => ({ ...options, preserveEntrySignatures: 'strict' }),
    generateBundle(_, bundle) {
      const imported = importedEntries(bundle);
      if (imported.length > 0) this.error(`A worker's entry is imported, which WebKit then runs twice: ${imported.join(', ')}.`);
    },
  };
}
