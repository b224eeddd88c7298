import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { offlineFilesPath, serviceWorkerPath } from '../../src/offline/shared/kept.ts';

/** Everything that the page needs to begin, and its workers. Runtimes and models are kept when they are used. */
const page = ['index.html', 'assets/**', 'icon.svg', 'gallery/*.webp', 'samples/*.jpg', 'models/digit.bmp', offlineFilesPath];

/** Builds the service worker. */
export function installable(): Plugin[] {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/offline/worker',
    filename: 'service-worker.ts',
    // The page registers it by itself, when there is nothing else to do.
    injectRegister: false,
    includeManifestIcons: false,
    manifest: false,
    injectManifest: { globPatterns: page, rollupFormat: 'iife', minify: true, maximumFileSizeToCacheInBytes: 4 * 2 ** 20 },
    integration: {
      beforeBuildServiceWorker: ({ swDest }) => {
        if (!swDest.endsWith(serviceWorkerPath)) throw new Error(`The page looks for ${serviceWorkerPath}, not for ${swDest}.`);
      },
    },
  });
}
