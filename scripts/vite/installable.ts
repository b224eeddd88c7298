import type { Plugin } from 'vite';
import { type ManifestOptions, VitePWA } from 'vite-plugin-pwa';
import { offlineFilesPath, serviceWorkerPath, sharePath } from '../../src/offline/shared/kept.ts';

/** Everything that the page needs to begin, and its workers. Runtimes and models are kept when they are used. */
const page = ['index.html', 'assets/**', 'icon.svg', 'gallery/*.webp', 'samples/*.jpg', 'models/digit.bmp', offlineFilesPath];

/** All addresses are relative: a build works under any path. */
const manifest: Partial<ManifestOptions> = {
  id: './',
  name: 'Litescope',
  short_name: 'Litescope',
  description: 'Open a .tflite model, run it on your own pictures and see how fast it is. Nothing leaves your device.',
  lang: 'en',
  start_url: './',
  scope: './',
  display: 'standalone',
  // The ground of the light page; index.html says it of both.
  background_color: '#f3f4f2',
  theme_color: '#f3f4f2',
  categories: ['developer', 'utilities'],
  icons: [
    { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: 'install/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: 'install/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: 'install/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  screenshots: [
    { src: 'install/wide.jpg', sizes: '1280x800', type: 'image/jpeg', form_factor: 'wide', label: 'A face detector with its result and its measurements' },
    { src: 'install/narrow.jpg', sizes: '412x824', type: 'image/jpeg', form_factor: 'narrow', label: 'The same on a phone' },
  ],
  launch_handler: { client_mode: ['focus-existing', 'auto'] },
  file_handlers: [{ action: './', accept: { 'application/octet-stream': ['.tflite'] } }],
  share_target: {
    action: `./${sharePath}`, method: 'POST', enctype: 'multipart/form-data',
    params: { files: [{ name: 'files', accept: ['.tflite', 'application/octet-stream', 'image/*'] }] },
  },
};

/** Builds the service worker and states what the page is as an application. */
export function installable(): Plugin[] {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/offline/worker',
    filename: 'service-worker.ts',
    // The page registers it by itself, when there is nothing else to do.
    injectRegister: false,
    includeManifestIcons: false,
    manifest,
    injectManifest: { globPatterns: page, rollupFormat: 'iife', minify: true, maximumFileSizeToCacheInBytes: 4 * 2 ** 20 },
    integration: {
      beforeBuildServiceWorker: ({ swDest }) => {
        if (!swDest.endsWith(serviceWorkerPath)) throw new Error(`The page looks for ${serviceWorkerPath}, not for ${swDest}.`);
      },
    },
  });
}
